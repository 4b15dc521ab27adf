// How the directory is connected, as its part of the settings shows it.

import type { DirectoryCause, DirectoryConnection } from '../../domain/directory-people.ts';
import { isSecureBase } from '../../domain/settings.ts';
import type { DirectoryConnectionView, DirectoryOutcome } from '../../views/directory-connection.ts';
import type { Page } from '../../views/page.ts';
import { baseUrlOf } from '../base-url.ts';
import type { Deps, Request } from '../deps.ts';
import { pageOf } from '../page.ts';

export const directoryCallback = '/auth/google/callback';

export const redirectUriOf = (deps: Deps, c: Request): string => baseUrlOf(deps, c) + directoryCallback;

export async function directoryView(
  deps: Deps,
  c: Request,
  outcome: DirectoryOutcome | undefined,
): Promise<DirectoryConnectionView> {
  const page = pageOf(deps, c);
  const { hasClient, connection } = await deps.directory.read();
  return {
    redirectUri: redirectUriOf(deps, c),
    isSecure: isSecureBase(baseUrlOf(deps, c)),
    mayEdit: page.account?.role === 'admin',
    zone: c.get('organisation')?.zone ?? 'UTC',
    hasClient,
    connection: connection && { ...connection, problem: told(page, connection) },
    outcome,
  };
}

const told = (page: Page, { problem, said }: DirectoryConnection) =>
  problem === undefined || problem === 'not-set-up' ? undefined : { ...sentencesOf(page, problem), said };

const sentencesOf = (page: Page, cause: DirectoryCause) => ({
  title: page.t(`reason.directory-${cause}.title`),
  text: page.t(`reason.directory-${cause}.detail`),
});
