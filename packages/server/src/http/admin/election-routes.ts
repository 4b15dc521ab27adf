// What every console page about an election needs: the scope, the election, its head for the frame.

import { type Election, readElection } from '../../domain/elections.ts';
import { readAlarms } from '../../domain/integrity.ts';
import { phaseOf } from '../../domain/lifecycle.ts';
import type { MessageKey } from '../../messages/translate.ts';
import type { ElectionHead } from '../../views/layout-console.ts';
import type { Deps, Request } from '../deps.ts';
import { refuse } from '../errors.ts';
import { readForm } from '../forms.ts';
import { markRehearsal, pageOf } from '../page.ts';
import type { Refusal, Scope } from '../scopes.ts';

export interface Entered<T> {
  readonly ok: true;
  readonly scope: T;
  readonly election: Election;
  readonly head: ElectionHead;
  readonly now: number;
}

/** The election that the address names, for whoever the scope was minted for. */
export async function enterElection<T>(deps: Deps, c: Request, asked: Scope<T>): Promise<Entered<T> | Refusal> {
  if (!asked.ok) return asked;
  const election = await readElection(deps.db.reader, c.req.param('id') ?? '');
  if (!election) return { ok: false, refusal: refuse(deps, c, 'unknown-election') };
  markRehearsal(c, election);
  const now = await deps.db.now();
  const alarms = await readAlarms(deps.db.reader, election);
  const head = {
    id: election.id,
    name: election.name,
    phase: phaseOf(election, now),
    alarms,
    isVerifiable: election.sealing === 'verifiable',
    rehearsalOf: election.rehearsal_of ?? undefined,
  };
  return { ok: true, scope: asked.scope, election, head, now };
}

const dones = [
  'created',
  'saved',
  'added',
  'moved',
  'drawn',
  'deleted',
  'handed-out',
  'published',
  'checked',
  'checking',
  'extended',
  'disarmed',
  'abandoned',
  'link-replaced',
  'code-replaced',
  'mailing-started',
  'mail-resent',
  'address-resent',
  'address-link-replaced',
  'undone',
  'password-changed',
  'sessions-ended',
  'app-added',
  'app-removed',
  'passkey-added',
  'passkey-removed',
  'rule-on',
  'approval-asked',
  'approval-confirmed',
  'approval-refused',
  'approval-withdrawn',
  'user-removed',
  'copied',
  'draft-deleted',
  'archived',
  'purged',
  'armed',
  'trustee-added',
  'trustee-removed',
  'trustee-restarted',
  'registrar-named',
  'registrar-dismissed',
  'registrar-restarted',
  'reserve-given',
  'added-reserve',
  'credential-replaced',
  'rehearsal-made',
  'rehearsal-closed',
  'rehearsal-wiped',
  'directory-connected',
  'directory-connected-units',
  'directory-disconnected',
] as const;
export type Done = (typeof dones)[number];

/** What has just been done, carried over the redirect by its name only. */
export function doneOf(deps: Deps, c: Request): string | undefined {
  const named = dones.find((done) => done === c.req.query('done'));
  return named && pageOf(deps, c).t(`done.${named}` satisfies MessageKey);
}

/** `place` is the id of the element to come back to. */
export function redirectDone(deps: Deps, c: Request, path: string, done: Done, place?: string): Response {
  const question = `${path.includes('?') ? '&' : '?'}done=${done}`;
  return c.redirect(`${pageOf(deps, c).href(path)}${question}${place === undefined ? '' : `#${place}`}`, 303);
}

/** Which of the two buttons of a row in an ordered list was pressed. */
export async function directionOf(c: Request): Promise<'up' | 'down' | undefined> {
  const { direction } = await readForm(c, ['direction']);
  return direction === 'up' || direction === 'down' ? direction : undefined;
}
