// What the roll's page asks for: how many match, and one page of them. Pages are bounded: no offset beyond the last one.

import { listBuildings } from '../storage/buildings.ts';
import type { Reader } from '../storage/database.ts';
import { listMailStates, type MailsByKind, type MailState, mailStates } from '../storage/mail-states.ts';
import { countRoll, listRollAfter, listRollIds, type RollFilter, type RollOrder, rollOrders } from '../storage/roll.ts';
import { listPromotions } from '../storage/roll-counts.ts';
import { listVotersById, type VoterOnRoll } from '../storage/voters.ts';
import { nameKey } from './text.ts';

export { listBuildings, listMailStates, listPromotions, type MailState, mailStates };
export { type MailsByKind, type RollFilter, type RollOrder, rollOrders };

const mostWords = 8;

/** The words of a search, as the stored key has them. */
export const searchWords = (text: string): string[] =>
  nameKey(text.slice(0, 200))
    .split(/[\s,;]+/)
    .filter(Boolean)
    .slice(0, mostWords);

export interface RollRequest {
  readonly filter: RollFilter;
  readonly order: RollOrder;
  readonly descending: boolean;
  /** From 1; one that is not there becomes the nearest that is. */
  readonly page: number;
}

export interface RollPage {
  readonly matching: number;
  readonly page: number;
  readonly pages: number;
  readonly voters: readonly VoterOnRoll[];
}

export const rollPageSize = 100;
/** Up to so many matches are sorted faster than looked for along the order's index. */
const mostSorted = 5000;
const slice = 500;

export async function readRoll(db: Reader, electionId: string, request: RollRequest): Promise<RollPage> {
  const { filter, order, descending } = request;
  const matching = await countRoll(db, electionId, filter);
  const pages = Math.max(1, Math.ceil(matching / rollPageSize));
  const page = Math.min(Math.max(1, request.page), pages);
  const few = matching <= mostSorted;
  const wanted = { order, descending, limit: rollPageSize, offset: (page - 1) * rollPageSize, few };
  const ids = matching === 0 ? [] : await listRollIds(db, electionId, filter, wanted);
  return { matching, page, pages, voters: await listVotersById(db, ids) };
}
/** All that match, in the order of their names, in slices; somebody added or removed meanwhile shifts nobody else. */
export async function* readWholeRoll(
  db: Reader,
  electionId: string,
  filter: RollFilter,
): AsyncGenerator<readonly VoterOnRoll[]> {
  for (let after = { sort_key: '', id: '' }; ;) {
    const places = await listRollAfter(db, electionId, filter, after, slice);
    if (places.length === 0) return;
    const ids = places.map(({ id }) => id);
    yield await listVotersById(db, ids);
    after = places.at(-1)!;
  }
}
