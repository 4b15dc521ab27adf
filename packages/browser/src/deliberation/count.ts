// From outcomes to the counted result. Every ballot is counted, as valid or as invalid with its reason; none is dropped.
import { createCounter, receiptOf, type Definition } from '@votix/protocol';
import type { Opened } from './state.ts';
import type { Outcome } from './worker-messages.ts';

export function count(
  { definition, boxHash }: { readonly definition: Definition; readonly boxHash: string },
  ballots: readonly string[],
  outcomes: readonly Outcome[],
): Opened {
  const counter = createCounter(definition);
  const invalidBallots: { receipt: string; reason: string }[] = [];
  for (const [index, ballot] of ballots.entries()) {
    const outcome = outcomes[index]!;
    if (outcome.ok) {
      counter.add(outcome.selections);
    } else {
      counter.addInvalid();
      invalidBallots.push({ receipt: receiptOf(ballot), reason: outcome.reason });
    }
  }
  return { tally: counter.tally(), invalidBallots, boxHash };
}
