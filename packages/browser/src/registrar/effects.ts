// Does what the reducer asks for: the roll, the codes, the file, the parts for the server. The only file of the registrar's page
// that touches the world, but for make.ts.
import { parsePassphrase } from '@votix/protocol';
import { openRegistrarFile } from '@votix/protocol/verifiable';
import { copyText } from '../page/clipboard.ts';
import { focusOn, focusOnHeading } from '../page/focus.ts';
import { getJson, postJson, type Reply } from '../page/reply.ts';
import { saveTextFile } from '../page/save-file.ts';
import type { RegistrarData } from './data.ts';
import { makeCodes } from './make.ts';
import type { FileProblem, Made, RegistrarEffect, RegistrarEvent } from './state.ts';

type Dispatch = (event: RegistrarEvent) => void;

const soonMs = 4000;
/** As many as the server takes at once. */
const partSize = 500;

export function performEffect(
  data: RegistrarData,
  stage: HTMLElement,
  effect: RegistrarEffect,
  dispatch: Dispatch,
): void {
  switch (effect.type) {
    case 'focus-heading':
      return focusOnHeading(stage);
    case 'focus':
      return focusOn(effect.id);
    case 'read-seat':
      return void getJson(data.seatUrl).then((reply) => dispatch({ type: 'seat-read', reply }));
    case 'read-seat-soon':
      return void setTimeout(() => performEffect(data, stage, { type: 'read-seat' }, dispatch), soonMs);
    case 'make':
      return attempt(dispatch, async () => {
        const made = await makeCodes(data, effect.seat, (done, total) => dispatch({ type: 'progressed', done, total }));
        dispatch('kind' in made ? { type: 'stopped', reply: made } : { type: 'made', made });
      });
    case 'save':
      return saveTextFile(data.fileName, `${effect.text}\n`);
    case 'save-list':
      return saveTextFile(data.listName, effect.text);
    case 'copy':
      return void copyText(effect.text).then((worked) => dispatch({ type: 'copied', worked }));
    case 'print':
      return window.print();
    case 'open':
      return attempt(dispatch, () => open(effect, dispatch));
    case 'hand-in':
      return attempt(dispatch, () => handIn(data, effect.made, dispatch));
  }
}

const failed = (problem: FileProblem): RegistrarEvent => ({ type: 'failed', problem });

/** What a browser's own cryptography or a worker that does not load throws is told as such. */
function attempt(dispatch: Dispatch, work: () => Promise<void>): void {
  work().catch(() => dispatch(failed('unusable')));
}

async function open(
  { text, passphrase: typed }: Extract<RegistrarEffect, { type: 'open' }>,
  dispatch: Dispatch,
): Promise<void> {
  const parsed = parsePassphrase(typed);
  const opened = await openRegistrarFile(text, parsed.ok ? parsed.passphrase : typed.trim());
  dispatch(opened.ok ? { type: 'opened', file: opened.file } : failed(opened.reason));
}

/** Public parts only. What was taken before is taken again without harm, so that a lost answer is simply asked once more. */
async function handIn(data: RegistrarData, made: Made, dispatch: Dispatch): Promise<void> {
  const { pairs, reserve, file } = made;
  const total = pairs.length;
  for (let start = 0; start < total; start += partSize) {
    dispatch({ type: 'progressed', done: start, total });
    const credentials = pairs.slice(start, start + partSize);
    const reply = await postJson(data.partUrl, { attempt: file.attempt, credentials });
    if (reply.kind !== 'ok') return told(data, made, reply, dispatch);
  }
  dispatch({ type: 'progressed', done: total, total });
  const reply = await postJson(data.finishUrl, { attempt: file.attempt, reserve });
  if (reply.kind !== 'ok') return told(data, made, reply, dispatch);
  dispatch({ type: 'handed-in' });
}

/** "Already made" is what a repetition hears whose first answer was lost: if it is this very list, all is well. */
async function told(data: RegistrarData, { file }: Made, reply: Reply, dispatch: Dispatch): Promise<void> {
  if (reply.kind === 'problem' && reply.problem.reason === 'credentials-made') {
    const seat = await getJson(data.seatUrl);
    if (seat.kind === 'ok' && seat.body['attempt'] === file.attempt) return dispatch({ type: 'handed-in' });
  }
  dispatch({ type: 'stopped', reply });
}
