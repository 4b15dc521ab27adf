// The trustees of a rehearsal: each does in turn what a trustee's page does, whatever carries it to the server.

import {
  encodePolynomial,
  encodeSignedMessage,
  encodeTrusteeKey,
  findGroup,
  type Group,
  makeCertificate,
  makeMemberKey,
  makePolynomial,
  makeSeed,
  parsePolynomial,
  parseSignedMessage,
  randomScalar,
  type TrusteeFile,
  trusteeKeyOf,
} from '@votix/protocol/verifiable';
import assert from 'node:assert/strict';
import type { Seat, Step } from '../../domain/trustee-steps.ts';

export type SeatView = Pick<
  Seat,
  'groupName' | 'threshold' | 'size' | 'index' | 'step' | 'stage' | 'certs' | 'polynomials'
>;

/** One trustee's way to the server. */
export interface Line {
  readonly read: () => Promise<SeatView>;
  readonly hand: (step: Step) => Promise<unknown>;
}

/** All steps of all trustees; the key file of each, as they would keep it. */
export async function makeKeys(lines: readonly Line[]): Promise<TrusteeFile[]> {
  const files: TrusteeFile[] = [];
  for (const line of lines) files.push(await begin(line));
  for (const [index, line] of lines.entries()) await sendSecrets(line, files[index]!);
  for (const [index, line] of lines.entries()) files[index] = await finish(line, files[index]!);
  return files;
}

const groupOf = ({ groupName }: SeatView): Group => findGroup(groupName)!;

const hand = (line: Line, step: Step['step'], made: object) =>
  line.hand({ step, made: made as Readonly<Record<string, unknown>> });

async function begin(line: Line): Promise<TrusteeFile> {
  const seat = await line.read();
  const group = groupOf(seat);
  if (seat.step === 'key') {
    const x = randomScalar(group);
    await hand(line, 'key', encodeTrusteeKey(trusteeKeyOf(group, x)));
    return { group: group.name, secret: { kind: 'mandatory', x }, signed: [] };
  }
  assert.equal(seat.step, 'certificate');
  const [seed, { size, threshold, index }] = [makeSeed(), seat];
  await hand(line, 'certificate', encodeSignedMessage(makeCertificate(group, seed, { size, threshold, index })));
  return {
    group: group.name,
    secret: { kind: 'member', seed, size, threshold, index, decryptionKey: null },
    signed: [],
  };
}

const ceremonyOf = (seat: SeatView) => {
  const group = groupOf(seat);
  const certs = seat.certs!.map((cert) => parseSignedMessage(group, cert, new Set())!);
  return { group, threshold: seat.threshold, certs };
};

async function sendSecrets(line: Line, { secret }: TrusteeFile): Promise<void> {
  const seat = await line.read();
  if (secret.kind !== 'member' || seat.step !== 'polynomial') return;
  const made = await makePolynomial(ceremonyOf(seat), secret.seed);
  assert(made.ok);
  await hand(line, 'polynomial', encodePolynomial(made.polynomial));
}

async function finish(line: Line, file: TrusteeFile): Promise<TrusteeFile> {
  const seat = await line.read();
  const { secret } = file;
  if (secret.kind !== 'member' || seat.step !== 'member-key') return file;
  const polynomials = seat.polynomials!.map((one) => parsePolynomial(groupOf(seat), one)!);
  const made = await makeMemberKey(ceremonyOf(seat), secret.seed, polynomials);
  assert(made.ok);
  const { decryptionKey, publicKey } = made.memberKey;
  await hand(line, 'member-key', encodeTrusteeKey(publicKey));
  return { ...file, secret: { ...secret, decryptionKey } };
}
