// Archives that were tampered with, then chained again as a dishonest server would: one thing is wrong in each, and the check
// that must find it is named. For our own tests and for the comparison with a tool of others. Only for tests.
// Longer than 300 lines because it is one table.

import { concatBytes } from '@noble/hashes/utils.js';
import type { Bytes } from '../encoding/bytes.ts';
import { signaturePrefix } from './ballot.ts';
import { challengeOf } from './challenge.ts';
import { credentialSecret } from './credential.ts';
import { fingerprintOf } from './election.ts';
import { textOf } from './group.ts';
import { encodeProof, proveKnowledge } from './proof.ts';
import { type SampleBoard, type SamplePlan, YES_OR_NO, aBallot, aBoard, openBox } from './sample-board.ts';
import { type Parts, type Step, chain, hashOf, partsOf, stepsOf } from './sample-chain.ts';
import { randomScalar, scalarsOf } from './scalar.ts';
import { encodeTrusteeKey, trusteeKeyOf } from './trustee-key.ts';
import type { ArchiveCheckName } from './verify.ts';

/** What a tampered archive is made from: a finished election, and another one with the same trustees' number and group. */
export interface Victims {
  readonly board: SampleBoard;
  readonly other: SampleBoard;
}

export interface Tampering {
  readonly name: string;
  /** The first check that fails, and its reason. */
  readonly check: ArchiveCheckName;
  readonly reason: string;
  readonly make: (victims: Victims) => Bytes;
}

/** One mandatory trustee, two of three others; weights; three ballots of three voters, and a voter who did not vote. */
export async function victims(group: SamplePlan['group']): Promise<Victims> {
  const plan: SamplePlan = {
    group,
    questions: [YES_OR_NO],
    singles: 1,
    pedersen: { threshold: 2, size: 3, present: [1, 3] },
    weights: [1, 2, 3, 4],
    votes: [
      { voter: 0, choices: [[0]] },
      { voter: 1, choices: ['blank'] },
      { voter: 2, choices: [[1]] },
    ],
  };
  const [board, other] = await Promise.all([aBoard(plan), aBoard({ ...plan, votes: plan.votes.slice(0, 1) })]);
  return { board, other };
}

/** Parsed JSON whose members a tampering changes in place. */
// oxlint-disable-next-line typescript/no-explicit-any -- any shape: that is the point
type Json = any;

function changed(text: string, change: (value: Json) => void): string {
  const value: Json = JSON.parse(text);
  change(value);
  return JSON.stringify(value);
}

/** The archive with some parts replaced. */
function withParts({ board }: Victims, replace: (parts: Parts) => Partial<Parts>): Bytes {
  const parts = partsOf(board);
  return chain(stepsOf({ ...parts, ...replace(parts) }));
}

/** The archive with its steps changed. */
function withSteps({ board }: Victims, change: (steps: Step[]) => readonly Step[]): Bytes {
  return chain(change(stepsOf(partsOf(board))));
}

/** The archive with its second ballot changed and signed again by its voter, so that only the change is wrong. */
function withBallot(victims: Victims, change: (ballot: Json) => void): Bytes {
  return withParts(victims, ({ ballots }) => ({
    ballots: ballots.with(1, signedAgain(victims.board, changed(ballots[1]!, change), 1)),
  }));
}

function signedAgain({ context, credentials }: SampleBoard, text: string, voter: number): string {
  const { group, election } = context;
  return changed(text, (ballot) => {
    const { signature: _, ...unsigned } = ballot;
    const hash = fingerprintOf(JSON.stringify(unsigned));
    const secret = credentialSecret(group, election.uuid, credentials[voter]!);
    const proof = proveKnowledge(group, secret, (a) => challengeOf(group, `${signaturePrefix(hash)}${a}`));
    ballot.signature = { hash, proof: encodeProof(proof) };
  });
}

/** Another scalar in the place of one. */
function bump(proof: { challenge: string; response: string }): void {
  proof.response = (BigInt(proof.response) + (proof.response === '0' ? 1n : -1n)).toString();
}

/** An element of the group that nobody expects there. */
function stranger({ board: { context } }: Victims): string {
  const { group } = context;
  return textOf(group, group.power(group.generator, randomScalar(group)));
}

function withTrustees(victims: Victims, change: (trustees: Json) => void): Bytes {
  return withParts(victims, ({ trustees }) => ({ trustees: changed(trustees, change) }));
}

function withShare(victims: Victims, index: number, change: (share: Json) => void): Bytes {
  return withParts(victims, ({ shares }) => ({
    shares: shares.with(index, { ...shares[index]!, text: changed(shares[index]!.text, change) }),
  }));
}

/** The archive with the election's text changed. */
function withElection({ board }: Victims, change: (election: Json) => void): Bytes {
  const parts = partsOf(board);
  return chain(stepsOf({ ...parts, election: changed(parts.election, change) }));
}

export const TAMPERINGS: readonly Tampering[] = [
  {
    name: 'a digit of an object changed, its file name kept',
    check: 'archive',
    reason: 'archive-file-hash',
    make: (victims) => {
      const bytes = withSteps(victims, (steps) => steps);
      const at = bytes.lastIndexOf('}'.charCodeAt(0), bytes.length - 1024);
      return bytes.with(at - 1, bytes[at - 1]! ^ 1);
    },
  },
  {
    name: 'the time of a file changed in its header',
    check: 'archive',
    reason: 'archive-header',
    make: (victims) => {
      const bytes = withSteps(victims, (steps) => steps);
      return bytes.with(1024 + 140, bytes[1024 + 140]! ^ 1);
    },
  },
  {
    name: 'bytes appended behind the last file',
    check: 'archive',
    reason: 'archive-header',
    make: (victims) =>
      concatBytes(
        withSteps(victims, (steps) => steps),
        new Uint8Array(1024).fill(65),
      ),
  },
  {
    name: 'an event names another parent',
    check: 'history',
    reason: 'event-parent',
    make: (victims) =>
      withSteps(victims, (steps) => steps.with(2, { ...steps[2]!, event: { parent: hashOf('another') } })),
  },
  {
    name: 'an event skips a height',
    check: 'history',
    reason: 'event-height',
    make: (victims) => withSteps(victims, (steps) => steps.with(2, { ...steps[2]!, event: { height: 3 } })),
  },
  {
    name: 'a ballot after the end of ballots',
    check: 'history',
    reason: 'event-order',
    make: (victims) => withSteps(victims, ([setup, a, b, c, end, ...rest]) => [setup!, a!, b!, end!, c!, ...rest]),
  },
  {
    name: 'shares before the tally',
    check: 'history',
    reason: 'event-order',
    make: (victims) => withSteps(victims, (steps) => [...steps.slice(0, 5), steps[6]!, steps[5]!, ...steps.slice(7)]),
  },
  {
    name: 'an event of a kind nobody knows',
    check: 'history',
    reason: 'event-type',
    make: (victims) => withSteps(victims, (steps) => steps.with(2, { ...steps[2]!, event: { type: 'Balot' } })),
  },
  {
    name: 'an event names an object that is not there',
    check: 'history',
    reason: 'object-missing',
    make: (victims) =>
      withSteps(victims, (steps) => steps.with(2, { ...steps[2]!, objects: [], event: { payload: hashOf('x') } })),
  },
  {
    name: 'an object that no event names',
    check: 'history',
    reason: 'object-unused',
    make: (victims) =>
      withSteps(victims, (steps) => steps.with(2, { ...steps[2]!, objects: ['{}', ...steps[2]!.objects] })),
  },
  {
    name: 'the same ballot twice',
    check: 'history',
    reason: 'object-used-twice',
    make: (victims) =>
      withSteps(victims, (steps) => {
        const again = { ...steps[1]!, objects: [], event: { payload: hashOf(steps[1]!.objects[0]!) } };
        return [...steps.slice(0, 4), again, ...steps.slice(4)];
      }),
  },
  {
    name: 'the election in a group nobody knows',
    check: 'election',
    reason: 'election-group',
    make: (victims) => withElection(victims, (election) => (election.group = 'RFC-0000')),
  },
  {
    name: 'the election named twice differently',
    check: 'election',
    reason: 'election-malformed',
    make: (victims) =>
      withParts(victims, ({ election }) => ({ election: election.replace('"name":', '"name":"Other","name":') })),
  },
  {
    name: 'the text of the election changed',
    check: 'ballot-election',
    reason: 'ballot-other-election',
    make: (victims) => withElection(victims, (election) => (election.name = 'Committee 2028')),
  },
  {
    name: 'an answer of the election renamed',
    check: 'ballot-election',
    reason: 'ballot-other-election',
    make: (victims) => withElection(victims, (election) => (election.questions[0].answers[0] = 'Maybe')),
  },
  {
    name: 'a threshold higher than the members',
    check: 'trustees',
    reason: 'trustees-malformed',
    make: (victims) => withTrustees(victims, (trustees) => (trustees[1][1].threshold = 4)),
  },
  {
    name: 'a trustee without proof that the secret is known',
    check: 'trustee-keys',
    reason: 'trustee-key-proof',
    make: (victims) => withTrustees(victims, (trustees) => bump(trustees[0][1].pok)),
  },
  {
    name: 'a trustee key replaced',
    check: 'trustee-keys',
    reason: 'trustee-key-proof',
    make: (victims) => withTrustees(victims, (trustees) => (trustees[0][1].public_key = stranger(victims))),
  },
  {
    name: 'a trustee key replaced, with a proof for the new one',
    check: 'election-key',
    reason: 'election-key',
    make: (victims) =>
      withTrustees(victims, (trustees) => {
        const { group } = victims.board.context;
        trustees[0][1] = encodeTrusteeKey(trusteeKeyOf(group, randomScalar(group)));
      }),
  },
  {
    name: 'the signature of a certificate changed',
    check: 'certificates',
    reason: 'certificate-signature',
    make: (victims) => withTrustees(victims, (trustees) => bump(trustees[1][1].certs[2].signature)),
  },
  {
    name: 'a certificate for another place',
    check: 'certificates',
    reason: 'certificate-signature',
    make: (victims) =>
      withTrustees(victims, (trustees) => {
        trustees[1][1].certs[1].message = trustees[1][1].certs[1].message.replace('"index":2', '"index":1');
      }),
  },
  {
    name: 'a coefficient replaced',
    check: 'coefficients',
    reason: 'coefficients-signature',
    make: (victims) =>
      withTrustees(victims, (trustees) => {
        const coefexps = trustees[1][1].coefexps[0];
        coefexps.message = changed(coefexps.message, (raw) => (raw.coefexps[1] = stranger(victims)));
      }),
  },
  {
    name: 'the signature of a polynomial changed',
    check: 'coefficients',
    reason: 'polynomial-signature',
    make: (victims) => withTrustees(victims, (trustees) => bump(trustees[1][1].signatures[1])),
  },
  {
    name: 'the signatures of the polynomials left out, as before 3.0',
    check: 'coefficients',
    reason: 'polynomial-before-3.0',
    make: (victims) => withTrustees(victims, (trustees) => delete trustees[1][1].signatures),
  },
  {
    name: 'a verification key replaced, with a proof for the new one',
    check: 'verification-keys',
    reason: 'verification-key',
    make: (victims) =>
      withTrustees(victims, (trustees) => {
        const { group } = victims.board.context;
        const { signature } = trustees[1][1].verification_keys[0];
        const made = encodeTrusteeKey(trusteeKeyOf(group, randomScalar(group)));
        trustees[1][1].verification_keys[0] = { ...made, signature };
      }),
  },
  {
    name: 'the signature of a verification key changed',
    check: 'verification-keys',
    reason: 'verification-key-signature',
    make: (victims) => withTrustees(victims, (trustees) => bump(trustees[1][1].verification_keys[0].signature)),
  },
  {
    name: 'another public key in the election',
    check: 'election-key',
    reason: 'election-key',
    make: (victims) => withElection(victims, (election) => (election.public_key = stranger(victims))),
  },
  {
    name: 'a credential listed twice',
    check: 'credentials',
    reason: 'credential-twice',
    make: (victims) =>
      withParts(victims, ({ credentials }) => ({ credentials: changed(credentials, (list) => list.push(list[0])) })),
  },
  {
    name: 'a voter no longer listed',
    check: 'ballot-credential',
    reason: 'ballot-credential-unknown',
    make: (victims) =>
      withParts(victims, ({ credentials, ballots }) => ({
        credentials: changed(credentials, (list) => {
          const { credential } = JSON.parse(ballots[0]!);
          const at = list.findIndex((one: string) => one.startsWith(credential));
          list[at] = `${stranger(victims)},1`;
        }),
      })),
  },
  {
    name: 'the weight of a voter changed',
    check: 'tally',
    reason: 'tally-ciphertext',
    make: (victims) =>
      withParts(victims, ({ credentials, ballots }) => ({
        credentials: changed(credentials, (list) => {
          const { credential } = JSON.parse(ballots[0]!);
          const at = list.findIndex((one: string) => one.startsWith(credential));
          list[at] = `${credential},7`;
        }),
      })),
  },
  {
    name: 'a ballot written in another way',
    check: 'ballot-form',
    reason: 'ballot-not-canonical',
    make: (victims) =>
      withParts(victims, ({ ballots }) => ({ ballots: ballots.with(1, ballots[1]!.replace('{', '{ ')) })),
  },
  {
    name: 'a member more in a ballot',
    check: 'ballot-form',
    reason: 'ballot-not-canonical',
    make: (victims) =>
      withParts(victims, ({ ballots }) => ({ ballots: ballots.with(1, ballots[1]!.replace(/\}$/u, ',"x":1}')) })),
  },
  {
    name: 'a number of a ballot outside the group',
    check: 'ballot-form',
    reason: 'ballot-answer',
    make: (victims) =>
      withBallot(victims, (ballot) => {
        const { group } = victims.board.context;
        ballot.answers[0].choices[0].alpha = group.name === 'Ed25519' ? '0'.repeat(64) : '2';
      }),
  },
  {
    name: 'a scalar of a ballot above the order',
    check: 'ballot-form',
    reason: 'ballot-answer',
    make: (victims) =>
      withBallot(victims, (ballot) => {
        const [proof] = ballot.answers[0].overall_proof;
        proof.response = (BigInt(proof.response) + victims.board.context.group.order).toString();
      }),
  },
  {
    name: 'a ballot of another election',
    check: 'ballot-election',
    reason: 'ballot-other-election',
    make: (victims) => withParts(victims, ({ ballots }) => ({ ballots: ballots.with(1, victims.other.ballots[0]!) })),
  },
  {
    name: "another voter's ballot sent again under one's own credential",
    check: 'choice-proofs',
    reason: 'choice-proof',
    make: (victims) =>
      withParts(victims, ({ ballots }) => {
        const { credential } = JSON.parse(ballots[1]!);
        const copy = changed(ballots[0]!, (ballot) => (ballot.credential = credential));
        return { ballots: ballots.with(1, signedAgain(victims.board, copy, 1)) };
      }),
  },
  {
    name: 'a choice without proof',
    check: 'choice-proofs',
    reason: 'choice-proof',
    make: (victims) => withBallot(victims, (ballot) => bump(ballot.answers[0].individual_proofs[1][0])),
  },
  {
    name: 'a choice of two votes',
    check: 'choice-proofs',
    reason: 'choice-proof',
    make: (victims) =>
      withBallot(victims, (ballot) => {
        const { group } = victims.board.context;
        const [, choice] = ballot.answers[0].choices;
        choice.beta = textOf(group, group.parse(choice.beta)!.times(group.generator).times(group.generator));
      }),
  },
  {
    name: 'a sum without proof',
    check: 'overall-proofs',
    reason: 'overall-proof',
    make: (victims) => withBallot(victims, (ballot) => bump(ballot.answers[0].overall_proof[1])),
  },
  {
    name: 'a blank vote without proof',
    check: 'blank-proofs',
    reason: 'blank-proof',
    make: (victims) => withBallot(victims, (ballot) => bump(ballot.answers[0].blank_proof[0])),
  },
  {
    name: 'a signature changed',
    check: 'ballot-signatures',
    reason: 'ballot-signature',
    make: (victims) =>
      withParts(victims, ({ ballots }) => ({
        ballots: ballots.with(
          1,
          changed(ballots[1]!, (ballot) => bump(ballot.signature.proof)),
        ),
      })),
  },
  {
    name: 'a signature of another ballot',
    check: 'ballot-signatures',
    reason: 'ballot-signature-hash',
    make: (victims) =>
      withParts(victims, ({ ballots }) => ({
        ballots: ballots.with(
          1,
          changed(ballots[1]!, (ballot) => (ballot.signature = JSON.parse(aBallot(victims.board, BLANK)).signature)),
        ),
      })),
  },
  {
    name: 'a ballot left out',
    check: 'tally',
    reason: 'tally-ciphertext',
    make: (victims) => withParts(victims, ({ ballots }) => ({ ballots: ballots.slice(1) })),
  },
  {
    name: 'a ballot added',
    check: 'tally',
    reason: 'tally-ciphertext',
    make: (victims) =>
      withParts(victims, ({ ballots }) => ({
        ballots: [...ballots, aBallot(victims.board, { voter: 3, choices: [[0]] })],
      })),
  },
  {
    name: 'the tally of other ballots, with true shares and a true result of it',
    check: 'tally',
    reason: 'tally-ciphertext',
    make: (victims) => {
      const ballots = victims.board.ballots.with(0, aBallot(victims.board, { voter: 0, choices: [[1]] }));
      const opened = openBox(victims.board, { ballots, owners: [1, 2, 4] });
      const parts = partsOf({ ...victims.board, ...opened });
      return chain(stepsOf({ ...parts, ballots: victims.board.ballots }));
    },
  },
  {
    name: 'a number of the tally outside the group',
    check: 'tally',
    reason: 'tally-malformed',
    make: (victims) =>
      withParts(victims, ({ tally }) => ({ tally: changed(tally, (list) => (list[0][0].alpha = '0'.repeat(64))) })),
  },
  {
    name: 'the number of ballots changed in the tally',
    check: 'tally-size',
    reason: 'tally-number',
    make: (victims) => withParts(victims, ({ numTallied }) => ({ numTallied: numTallied + 1 })),
  },
  {
    name: 'the total weight changed in the tally',
    check: 'tally-size',
    reason: 'tally-weight',
    make: (victims) => withParts(victims, ({ totalWeight }) => ({ totalWeight: (totalWeight as number) + 1 })),
  },
  {
    name: 'a factor of a share replaced',
    check: 'share-proofs',
    reason: 'share-proof',
    make: (victims) => withShare(victims, 0, (share) => (share.decryption_factors[0][0] = stranger(victims))),
  },
  {
    name: 'a share without proof',
    check: 'share-proofs',
    reason: 'share-proof',
    make: (victims) => withShare(victims, 1, (share) => bump(share.decryption_proofs[0][2])),
  },
  {
    name: "one trustee's share under the number of another",
    check: 'share-proofs',
    reason: 'share-proof',
    make: (victims) => withParts(victims, ({ shares }) => ({ shares: shares.with(1, { ...shares[1]!, owner: 3 }) })),
  },
  {
    name: 'a share of a trustee that is none',
    check: 'shares',
    reason: 'share-owner-unknown',
    make: (victims) => withParts(victims, ({ shares }) => ({ shares: shares.with(1, { ...shares[1]!, owner: 5 }) })),
  },
  {
    name: 'a result with a share missing',
    check: 'shares',
    reason: 'share-missing',
    make: (victims) => withParts(victims, ({ shares }) => ({ shares: shares.slice(0, 2) })),
  },
  {
    name: 'a share too many',
    check: 'shares',
    reason: 'share-surplus',
    make: (victims) => {
      const { ballots } = victims.board;
      const opened = openBox(victims.board, { ballots, owners: [1, 2, 3] });
      return withParts(victims, ({ shares }) => ({ shares: [...shares, opened.shares[2]!] }));
    },
  },
  {
    name: 'another result',
    check: 'result',
    reason: 'result',
    make: (victims) => withParts(victims, () => ({ result: '{"result":[[3,2,2]]}' })),
  },
  {
    name: 'the result of another vote, the same sum',
    check: 'result',
    reason: 'result',
    make: (victims) => withParts(victims, () => ({ result: '{"result":[[2,3,1]]}' })),
  },
  {
    name: 'a negative count in the result',
    check: 'result',
    reason: 'result-malformed',
    make: (victims) => withParts(victims, () => ({ result: '{"result":[[-1,1,6]]}' })),
  },
];

const BLANK = { voter: 1, choices: ['blank'] } as const;

/**
 * An archive before its result in which a trustee gave a factor of its choosing with a proof that Belenios takes: the
 * challenge hashes neither α nor F, so with any B, c = H(…|A,B) and r = w − x·c, F = (B/α^r)^(1/c) fits. Its strict proof
 * is the true one of the true factor: nobody can make one for this F.
 */
export function withForgedFactor({ board }: Victims): Bytes {
  const { group, fingerprint } = board.context;
  const scalars = scalarsOf(group);
  const [, member] = board.shares as readonly [unknown, { readonly owner: number; readonly text: string }];
  const x = board.secrets[member.owner - 1]!;
  const { alpha } = board.tally.encrypted[0]![0]!;
  const [w, any] = [randomScalar(group), randomScalar(group)];
  const b = group.power(group.generator, any);
  const [a, bText, key] = group.texts([group.power(group.generator, w), b, group.power(group.generator, x)]);
  const challenge = challengeOf(group, `decrypt|${fingerprint}|${key}|${a},${bText}`);
  const response = scalars.sub(w, scalars.mul(x, challenge));
  const factor = group.power(b.times(group.power(alpha, response).inverse()), scalars.inv(challenge));
  const text = changed(member.text, (share) => {
    share.decryption_factors[0][0] = textOf(group, factor);
    share.decryption_proofs[0][0] = encodeProof({ challenge, response });
  });
  const shares = board.shares.with(1, { ...member, text });
  return chain(stepsOf({ ...partsOf(board), shares }).slice(0, -1));
}
