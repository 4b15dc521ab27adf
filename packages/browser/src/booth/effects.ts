// Does what the reducer asks for: focus, history, sealing, sending, keeping. The only booth file that touches the world.
import { formatReceipt } from '@votix/protocol';
import { copyText } from '../page/clipboard.ts';
import { focusOn, focusOnHeading } from '../page/focus.ts';
import { saveTextFile } from '../page/save-file.ts';
import { castBallot } from './cast.ts';
import { forgetBallot, rememberBallot } from './memory.ts';
import type { Sealer } from './sealer.ts';
import type { BoothEffect, BoothEvent, Recorded } from './state.ts';
import type { BoothView } from './screen.ts';

export interface BoothWorld {
  readonly view: BoothView;
  readonly stage: HTMLElement;
  readonly sealer: Sealer;
  /** From the link; null where there was none. */
  readonly credential: string | null;
}

type Dispatch = (event: BoothEvent) => void;

/** A ballot is sealed, kept and on its way before the page says so; kept first, in case its answer is lost. */
export const isUrgent = ({ type }: BoothEffect): boolean => type === 'seal' || type === 'remember' || type === 'send';

export function performEffect(world: BoothWorld, effect: BoothEffect, dispatch: Dispatch): void {
  const { view, stage } = world;
  const { data } = view;
  switch (effect.type) {
    case 'focus-heading':
      // With the next picture: focusing asks for the layout, which in one go with the drawing stops a slow phone.
      return void requestAnimationFrame(() => focusOnHeading(stage));
    case 'focus':
      return focusOn(effect.id);
    case 'enter-review':
      return history.pushState({ screen: 'review' }, '');
    case 'leave-review':
      return leaveReview(dispatch);
    case 'close-form':
      return history.replaceState({ screen: 'closed' }, '');
    case 'seal':
      return void seal(world, effect, dispatch);
    case 'remember':
      return rememberBallot(data.storageKey, effect.vote.ballot);
    case 'forget':
      return forgetBallot(data.storageKey);
    case 'send':
      return void castBallot(data.castUrl, effect.ballot, effect.code).then((answer) =>
        dispatch({ type: 'answered', answer }),
      );
    case 'wait':
      return void setTimeout(() => dispatch({ type: 'retry-due' }), effect.milliseconds);
    case 'copy':
      return void copyText(formatReceipt(effect.receipt)).then((worked) => dispatch({ type: 'copied', worked }));
    case 'save':
      return saveReceipt(view, effect.recorded);
  }
}

/** Through the history when the ballot lies one entry behind, so that the Back button and ours stay in step. */
function leaveReview(dispatch: Dispatch): void {
  const { screen } = (history.state ?? {}) as { screen?: unknown };
  if (screen === 'review') history.back();
  else dispatch({ type: 'went-back' });
}

async function seal(
  { sealer, credential }: BoothWorld,
  effect: Extract<BoothEffect, { type: 'seal' }>,
  dispatch: Dispatch,
): Promise<void> {
  try {
    const vote = await sealer.seal(effect.selections, credential ?? effect.credential);
    dispatch(vote === null ? { type: 'sealing-failed' } : { type: 'sealed', vote });
  } catch {
    dispatch({ type: 'sealing-failed' }); // the browser's own cryptography refused, or the worker did not load
  }
}

function saveReceipt({ say, data, definition }: BoothView, { receipt, recordedAt, head }: Recorded): void {
  const lines = [
    definition.name,
    say('recorded-at', { at: recordedAt }),
    '',
    say('receipt-file-title'),
    formatReceipt(receipt),
    '',
    say('receipt-privacy'),
    ...(head === null ? [] : ['', say('head', { height: head.height }), head.hash]),
    say('check-until', { until: data.receiptUntil }),
    data.receiptUrl,
    '',
    say('contact', { name: data.contact.name, email: data.contact.email }),
    '',
  ];
  saveTextFile(say('receipt-file-name'), lines.join('\r\n'));
}
