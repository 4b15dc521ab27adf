// The address of a roll, read: what is asked for as text, and as the domain's filter. What makes no sense is as if absent.

import { mailKinds } from '../../domain/mail-texts.ts';
import { mailStates, type RollFilter, type RollOrder, rollOrders, searchWords } from '../../domain/roll.ts';
import { noQuery, type RollQuery } from '../../views/roll-query.ts';
import type { Request } from '../deps.ts';

const text = (c: Request, name: string): string => {
  const value = c.req.query(name) ?? '';
  return value.includes('\0') ? '' : value.slice(0, 200);
};

export function rollQueryOf(c: Request): RollQuery {
  const [voted, sort, page] = [text(c, 'voted'), text(c, 'sort'), Number(text(c, 'page'))];
  const mail = mailStates.find((state) => state === text(c, 'mail')) ?? '';
  return {
    q: text(c, 'q').trim(),
    inBuilding: text(c, 'inBuilding'),
    inPromotion: text(c, 'inPromotion'),
    voted: voted === 'yes' || voted === 'no' ? voted : '',
    mail,
    mailKind: mailKinds.find((kind) => mail !== '' && mail !== 'dead' && kind === text(c, 'mailKind')) ?? '',
    code: text(c, 'code') === 'paused' ? 'paused' : '',
    sort: isSort(sort) ? sort : noQuery.sort,
    page: Number.isSafeInteger(page) && page > 1 ? page : 1,
  };
}

const isOrder = (name: string): name is RollOrder => (rollOrders as readonly string[]).includes(name);
const isSort = (sort: string): boolean => isOrder(sort.replace(/^-/, ''));

export function orderOf({ sort }: RollQuery): { readonly order: RollOrder; readonly descending: boolean } {
  const name = sort.replace(/^-/, '');
  return { order: isOrder(name) ? name : 'name', descending: sort.startsWith('-') };
}

export function filterOf(query: RollQuery, now: number): RollFilter {
  const { q, inBuilding, inPromotion, voted, mail, mailKind, code } = query;
  return {
    words: searchWords(q),
    building: inBuilding === '' ? undefined : inBuilding === 'none' ? null : inBuilding,
    promotion: inPromotion === '' ? undefined : inPromotion === 'none' ? '' : inPromotion.replace(/^=/, ''),
    voted: voted === '' ? undefined : voted === 'yes',
    mail: mail === '' ? undefined : { state: mail, kind: mailKind === '' ? undefined : mailKind },
    lockedAt: code === '' ? undefined : now,
  };
}
