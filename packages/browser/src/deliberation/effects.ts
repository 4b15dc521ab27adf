// Does what the opening asks for: the key file, the box, the workers, the record. One opening at a time; stopping it
// ends its workers.
import { openKeyFile, type CryptoKey, type Definition } from '@votix/protocol';
import { focusOn, focusOnHeading } from '../page/focus.ts';
import { postJson } from '../page/reply.ts';
import { combineTyped } from '../page/shares.ts';
import { readBox } from './box.ts';
import { count } from './count.ts';
import type { DeliberationData } from './data.ts';
import { startWorkers, type Workers } from './opening.ts';
import { measurePace } from '../page/pace.ts';
import type { DeliberationEffect, DeliberationEvent, Progress } from './state.ts';

export interface DeliberationWorld {
  readonly data: DeliberationData;
  readonly definition: Definition;
  readonly stage: HTMLElement;
}

type Dispatch = (event: DeliberationEvent) => void;
type Perform = (effect: DeliberationEffect, dispatch: Dispatch) => void;

export function makePerformer(world: DeliberationWorld): Perform {
  let running: AbortController | null = null;
  return (effect, dispatch) => {
    switch (effect.type) {
      case 'focus-heading':
        return focusOnHeading(world.stage);
      case 'focus':
        return focusOn(effect.id);
      case 'open-key':
        return attempt(dispatch, () => openKey(effect.keyFile, effect.passphrase, dispatch));
      case 'open-key-with-shares':
        return attempt(dispatch, () => openKeyWithShares(effect, world.data.fingerprint, dispatch));
      case 'open-box': {
        running = new AbortController();
        return void openBox(world, effect.privateKey, running.signal, dispatch);
      }
      case 'stop':
        return running?.abort();
      case 'record':
        return void postJson(world.data.resultUrl, effect.opened).then((reply) =>
          dispatch({ type: 'record-answered', reply }),
        );
    }
  };
}

/** What the browser's own cryptography refuses is told as such. */
function attempt(dispatch: Dispatch, work: () => Promise<void>): void {
  work().catch(() => dispatch({ type: 'key-refused', problem: { kind: 'unusable' } }));
}

async function openKey(keyFile: string, passphrase: string, dispatch: Dispatch): Promise<void> {
  const opened = await openKeyFile(keyFile, passphrase);
  if (!opened.ok) return dispatch({ type: 'key-refused', problem: { kind: opened.reason } });
  const { privateKey, fingerprint } = opened;
  dispatch({ type: 'key-opened', privateKey, fingerprint });
}

async function openKeyWithShares(
  { keyFile, typed, keyShares }: Extract<DeliberationEffect, { type: 'open-key-with-shares' }>,
  fingerprint: string,
  dispatch: Dispatch,
): Promise<void> {
  const combined = await combineTyped(typed, { fingerprint, hashes: keyShares.hashes, wanted: keyShares.needed });
  if (!combined.ok) return dispatch({ type: 'key-refused', problem: { kind: 'shares', shares: combined.problem } });
  // The shares are the right ones, so a passphrase that does not open the file means another file.
  const renamed = (event: DeliberationEvent) =>
    event.type === 'key-refused' && event.problem.kind === 'wrong-passphrase'
      ? dispatch({ type: 'key-refused', problem: { kind: 'other-file' } })
      : dispatch(event);
  await openKey(keyFile, combined.passphrase, renamed);
}

async function openBox(
  { data, definition }: DeliberationWorld,
  privateKey: CryptoKey,
  signal: AbortSignal,
  dispatch: Dispatch,
): Promise<void> {
  const tell = (event: DeliberationEvent) => {
    if (!signal.aborted) dispatch(event); // a stopped opening has nothing more to say
  };
  const report = (doing: Progress['doing']) => {
    const pace = measurePace(data.ballots);
    return (done: number) =>
      tell({ type: 'progressed', progress: { doing, done, total: data.ballots, ...pace(done) } });
  };
  const { boxUrl, ballots, boxHash } = data;
  let workers: Workers | undefined;
  try {
    workers = startWorkers({ ...data, privateKey, signal });
    const box = await readBox({ url: boxUrl, ballots, boxHash }, signal, report('reading'));
    if (!box.ok) return tell({ type: 'box-failed', problem: box.problem });
    const outcomes = await workers.open(box.ballots, report('decrypting'));
    tell({ type: 'box-opened', opened: count({ definition, boxHash }, box.ballots, outcomes) });
  } catch {
    tell({ type: 'box-failed', problem: { kind: 'workers' } });
  } finally {
    workers?.end();
  }
}
