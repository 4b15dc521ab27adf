// Does what the reducer asks for: the seat, the steps, the archive, the worker, the files. The only file of the trustee's page
// that touches the world.
import { copyText } from '../page/clipboard.ts';
import { focusOn, focusOnHeading } from '../page/focus.ts';
import { type Failure, getJson, postJson, readFailure, type Reply } from '../page/reply.ts';
import { saveTextFile } from '../page/save-file.ts';
import { trustedWorkerUrl } from '../page/worker-url.ts';
import type { Seat, TrusteeData } from './data.ts';
import type { Key, Outgoing, TrusteeEffect, TrusteeEvent } from './state.ts';
import { goOn, isSameKey, makeFirst, openKey, unsaved } from './steps.ts';
import type { SignAnswer, SignRequest } from './worker-messages.ts';

type Dispatch = (event: TrusteeEvent) => void;

const soonMs = 4000;

export function performEffect(data: TrusteeData, stage: HTMLElement, effect: TrusteeEffect, dispatch: Dispatch): void {
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
      return attempt(dispatch, async () => dispatch({ type: 'made', unsaved: await makeFirst(effect.seat) }));
    case 'save':
      return saveTextFile(data.fileName, `${effect.text}\n`);
    case 'copy':
      return void copyText(effect.text).then((worked) => dispatch({ type: 'copied', worked }));
    case 'print':
      return window.print();
    case 'prove':
      return attempt(dispatch, () => prove(effect, dispatch));
    case 'open':
      return attempt(dispatch, async () => {
        const key = await openKey(effect.text, effect.passphrase);
        dispatch(typeof key === 'string' ? failed(key) : { type: 'opened', key });
      });
    case 'go-on':
      return attempt(dispatch, () => takeNextStep(data, effect, dispatch));
    case 'send':
      return void send(data, effect.outgoing).then((reply) => dispatch({ type: 'sent', reply }));
  }
}

const failed = (problem: Extract<TrusteeEvent, { type: 'failed' }>['problem']): TrusteeEvent => ({
  type: 'failed',
  problem,
  faulty: null,
});

/** What a browser's own cryptography or a worker that does not load throws is told as such. */
function attempt(dispatch: Dispatch, work: () => Promise<void>): void {
  work().catch(() => dispatch(failed('unusable')));
}

async function prove(
  { text, passphrase, expected }: Extract<TrusteeEffect, { type: 'prove' }>,
  dispatch: Dispatch,
): Promise<void> {
  const key = await openKey(text, passphrase);
  if (typeof key === 'string') return dispatch(failed(key));
  dispatch(isSameKey(key, expected) ? { type: 'proven' } : failed('other-key'));
}

async function takeNextStep(
  data: TrusteeData,
  { seat, key }: { readonly seat: Seat; readonly key: Key },
  dispatch: Dispatch,
): Promise<void> {
  if (seat.stage === 'tallied') return share(data, key, dispatch);
  const made = await goOn(seat, key);
  if (made.ok) return dispatch({ type: 'made', unsaved: made.unsaved });
  const faulty = made.member === null ? null : (seat.trustees[made.member - 1]?.name ?? null);
  dispatch({ type: 'failed', problem: made.problem, faulty });
}

async function share(data: TrusteeData, key: Key, dispatch: Dispatch): Promise<void> {
  const archive = await readArchive(data.archiveUrl);
  if ('kind' in archive) return dispatch({ type: 'stopped', failure: archive });
  const answer = await sign(data.workerUrl, { file: key.file, archive }, (done, total) =>
    dispatch({ type: 'progressed', done, total }),
  );
  if (answer.type === 'refused') return dispatch(failed(answer.reason));
  const outgoing: Outgoing = { to: 'share', handedOver: answer.handedOver, head: answer.head };
  dispatch({ type: 'made', unsaved: await unsaved({ ...key, file: answer.file }, outgoing, false) });
}

/** What is no archive must not be judged as one: a share would be refused for what a proxy said. */
async function readArchive(url: string): Promise<Uint8Array<ArrayBuffer> | Failure> {
  try {
    const response = await fetch(url, { cache: 'no-store', redirect: 'error' });
    return response.status === 200 ? new Uint8Array(await response.arrayBuffer()) : await readFailure(response);
  } catch {
    return { kind: 'no-answer' };
  }
}

type Final = Exclude<SignAnswer, { readonly type: 'progress' }>;

function sign(url: string, request: SignRequest, onProgress: (done: number, total: number) => void): Promise<Final> {
  const worker = new Worker(trustedWorkerUrl(url));
  const answered = new Promise<Final>((resolve, reject) => {
    worker.addEventListener('message', ({ data: answer }: MessageEvent<SignAnswer>) => {
      if (answer.type === 'progress') onProgress(answer.done, answer.total);
      else resolve(answer);
    });
    worker.addEventListener('error', () => reject(new Error('The worker has stopped.')));
    worker.postMessage(request, []); // a worker has no target origin; nothing is transferred
  });
  return answered.finally(() => worker.terminate()); // it has held the secret
}

function send(data: TrusteeData, outgoing: Outgoing): Promise<Reply> {
  if (outgoing.to === 'share') return postJson(data.shareUrl, { handedOver: outgoing.handedOver });
  return postJson(data.stepUrl, { step: outgoing.step, made: outgoing.made });
}
