// Makes the codes of everybody on the roll and of the reserve, in a worker, and the file that keeps them.
import { makePassphrase } from '@votix/protocol';
import { type RegistrarFile, sealRegistrarFile } from '@votix/protocol/verifiable';
import { assert } from '../page/assert.ts';
import { getJson, type Reply } from '../page/reply.ts';
import { trustedWorkerUrl } from '../page/worker-url.ts';
import type { RegistrarData, RollEntry, Seat } from './data.ts';
import type { Made } from './state.ts';
import type { MadeCode, MakeAnswer, MakeRequest } from './worker-messages.ts';

type OnProgress = (done: number, total: number) => void;

/** A reply where the roll could not be read. */
export async function makeCodes(data: RegistrarData, seat: Seat, onProgress: OnProgress): Promise<Made | Reply> {
  const roll = await readRoll(data.rollUrl);
  if ('kind' in roll) return roll;
  const total = roll.voters.length + seat.reserve;
  const request = { groupName: seat.groupName, uuid: seat.uuid, count: total };
  const codes = await inWorker(data.workerUrl, request, (done) => onProgress(done, total));
  const secretAt = (index: number) => codes[index]!.secret;
  const [ofVoters, ofReserve] = [codes.slice(0, roll.voters.length), codes.slice(roll.voters.length)];
  const file: RegistrarFile = {
    group: seat.groupName,
    uuid: seat.uuid,
    attempt: makeAttempt(),
    voters: roll.voters.map((voter, index) => ({ ...voter, credential: secretAt(index) })),
    reserve: ofReserve.map(({ secret }) => secret),
  };
  const passphrase = makePassphrase();
  return {
    file,
    passphrase,
    text: await sealRegistrarFile(file, passphrase),
    pairs: ofVoters.map(({ publicText }, index) => [roll.voters[index]!.id, publicText] as const),
    reserve: ofReserve.map(({ publicText }) => publicText),
  };
}

async function readRoll(url: string): Promise<{ readonly voters: readonly RollEntry[] } | Reply> {
  const voters: RollEntry[] = [];
  for (;;) {
    const reply = await getJson(`${url}?after=${encodeURIComponent(voters.at(-1)?.id ?? '')}`);
    if (reply.kind !== 'ok') return reply;
    const slice = reply.body['voters'] as readonly RollEntry[];
    if (slice.length === 0 || slice.at(-1)!.id === voters.at(-1)?.id) return { voters };
    voters.push(...slice);
  }
}

const makeAttempt = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

function inWorker(url: string, request: MakeRequest, onProgress: (done: number) => void): Promise<readonly MadeCode[]> {
  const worker = new Worker(trustedWorkerUrl(url));
  const made = new Promise<readonly MadeCode[]>((resolve, reject) => {
    worker.addEventListener('message', ({ data: answer }: MessageEvent<MakeAnswer>) => {
      if (answer.type === 'progress') return onProgress(answer.done);
      assert(answer.codes.length === request.count, 'a code for each');
      resolve(answer.codes);
    });
    worker.addEventListener('error', () => reject(new Error('The worker has stopped.')));
    worker.postMessage(request, []); // a worker has no target origin; nothing is transferred
  });
  return made.finally(() => worker.terminate()); // it has held the secrets
}
