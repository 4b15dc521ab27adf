// The names behind the ids of the audit log, as long as they are there: the log itself holds none.

import type { Reader } from './database.ts';

export type NameKind = 'account' | 'voter' | 'candidate' | 'contest' | 'building' | 'election';

export interface NameRow {
  readonly id: string;
  readonly kind: NameKind;
  readonly name: string;
}

export async function listNames(db: Reader, ids: readonly string[]): Promise<NameRow[]> {
  if (ids.length === 0) return [];
  const accounts = await db.selectFrom('accounts').select(['id', 'name']).where('id', 'in', ids).execute();
  const voters = await db
    .selectFrom('voters')
    .select(['id', 'first_name', 'last_name'])
    .where('id', 'in', ids)
    .execute();
  const candidates = await db.selectFrom('candidates').select(['id', 'name']).where('id', 'in', ids).execute();
  const contests = await db.selectFrom('contests').select(['id', 'title as name']).where('id', 'in', ids).execute();
  const buildings = await db.selectFrom('buildings').select(['id', 'name']).where('id', 'in', ids).execute();
  const elections = await db.selectFrom('elections').select(['id', 'name']).where('id', 'in', ids).execute();
  const as = (kind: NameKind, rows: readonly { id: string; name: string }[]): NameRow[] =>
    rows.map(({ id, name }) => ({ id, kind, name }));
  return [
    ...as('account', accounts),
    ...as(
      'voter',
      voters.map(({ id, first_name, last_name }) => ({ id, name: `${first_name} ${last_name}`.trim() })),
    ),
    ...as('candidate', candidates),
    ...as('contest', contests),
    ...as('building', buildings),
    ...as('election', elections),
  ];
}
