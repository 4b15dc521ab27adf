// Mails on their way through one process: taken from the outbox, written as letters, with nodemailer, settled. Letters are
// written a few ahead of the connections, and outcomes gather for a commit that brings the next mails with it.

import type { DeliveryRow } from '../storage/deliveries.ts';
import { createGathering } from './gathering.ts';
import type { Written } from './letters.ts';
import type { Settled } from './settlement.ts';
import { createUnderway } from './underway.ts';

export interface Carrier {
  /** So many are given to nodemailer at once: one for each connection, and one to follow it. */
  readonly lanes: number;
  /** How many may be in hand at this moment. */
  readonly most: () => number;
  /** How long outcomes gather. */
  readonly gatherMs: () => number;
  /** Nothing more is begun. */
  readonly isOver: () => boolean;
  readonly take: (wished: number) => Promise<readonly DeliveryRow[]>;
  /** One for each; undefined where its mailing does not run any more. */
  readonly write: (deliveries: readonly DeliveryRow[]) => Promise<readonly (Written | undefined)[]>;
  readonly send: (delivery: DeliveryRow, written: Written) => Promise<Settled['verdict']>;
  /** Notes what became of these, and takes as many as `free` says in the same commit. */
  readonly conclude: (batch: readonly Settled[], free: () => number) => Promise<readonly DeliveryRow[]>;
}

/** So many letters are written at once: what they share is read once. */
const together = 20;

/** Until nothing is left to take, or it is over; then everything is settled, and what nobody has begun to send is given back. */
export async function carry(carrier: Carrier): Promise<void> {
  const hand: DeliveryRow[] = [];
  const letters: { readonly delivery: DeliveryRow; readonly written: Written }[] = [];
  let [onTheWire, unsettled] = [0, 0];
  let isEnding = false;
  const underway = createUnderway();

  /** How many may be taken, once so many have their outcome. A few are not worth the asking. */
  const free = (concluded = 0): number => {
    const most = carrier.most();
    const wished = most - hand.length - letters.length - onTheWire - (unsettled - concluded);
    return isEnding || carrier.isOver() || wished < most / 4 ? 0 : wished;
  };
  /** While one batch is written, the next gathers. */
  const outcomes = createGathering<Settled>(async (batch) => {
    hand.push(...(await carrier.conclude(batch, () => free(batch.length))));
    unsettled -= batch.length;
  }, carrier.gatherMs);
  let last: Promise<void> | undefined;
  const settle = (delivery: DeliveryRow, verdict: Settled['verdict']) => {
    unsettled++;
    const written = outcomes.add({ delivery, verdict });
    if (written !== last) underway.add(written);
    last = written;
  };
  const deliver = async (delivery: DeliveryRow, written: Written) => {
    const verdict = await carrier.send(delivery, written);
    onTheWire--;
    settle(delivery, verdict);
    handOut();
  };
  /** One after the other, as connections become free: many at once would keep all of them waiting. */
  const handOut = () => {
    while (onTheWire < carrier.lanes && !carrier.isOver()) {
      const next = letters.shift();
      if (!next) return;
      onTheWire++;
      underway.add(deliver(next.delivery, next.written));
    }
  };
  const writeSome = async () => {
    const group = hand.slice(0, together);
    const written = await carrier.write(group);
    hand.splice(0, group.length);
    for (const [index, delivery] of group.entries()) {
      const letter = written[index];
      if (letter) letters.push({ delivery, written: letter });
      else settle(delivery, { kind: 'back' });
    }
    handOut();
  };

  try {
    while (!carrier.isOver()) {
      // What comes back brings the next with it.
      if (underway.size() === 0 && hand.length === 0) hand.push(...(await carrier.take(free())));
      else if (hand.length > 0 && letters.length < carrier.lanes) await writeSome();
      else await underway.next();
      if (underway.size() === 0 && hand.length === 0) break;
    }
  } finally {
    isEnding = true;
    // A commit that was under way may have brought more.
    do {
      for (const { delivery } of letters.splice(0)) settle(delivery, { kind: 'back' });
      for (const delivery of hand.splice(0)) settle(delivery, { kind: 'back' });
      await underway.all();
    } while (hand.length > 0);
  }
}
