// `votix-offline trustee …`: the key of a trustee, the three steps of a member of a threshold group, and the share.

import {
  type Ceremony,
  type CeremonyProblem,
  type SignProblem,
  encodePolynomial,
  encodeSignedMessage,
  encodeSignedTally,
  encodeTrusteeKey,
  makeCertificate,
  makeMemberKey,
  makePolynomial,
  makeSeed,
  parsePolynomial,
  parseSignedMessage,
  randomScalar,
  signTally,
  trusteeKeyOf,
} from '@votix/protocol/verifiable';
import { archiveLines } from './archive-report.ts';
import type { Request } from './arguments.ts';
import { readArchiveFile, readSmallFile, writeKeyFile } from './files.ts';
import { type Outcome, type Refusal, refuse } from './outcome.ts';
import type { PassphraseSource } from './passphrase.ts';
import { printable } from './printable.ts';
import { progressForPerson } from './progress.ts';
import { type OpenedFile, makeKeyFile, openKeyFileOf } from './trustee-file.ts';

type Of<C extends string> = Extract<Request, { readonly command: C }>;
type Step = { readonly file: string; readonly key: string; readonly out: string };

export function trusteeKey({ key: path, group }: Of<'trustee key'>): Promise<Outcome> {
  return makeKeyFile({
    path,
    groupName: group,
    make: (of) => {
      const x = randomScalar(of);
      return { secret: { kind: 'mandatory', x }, made: encodeTrusteeKey(trusteeKeyOf(of, x)) };
    },
  });
}

export function trusteeCertificate(o: Of<'trustee certificate'>): Promise<Outcome> {
  const { size, threshold, index } = o;
  return makeKeyFile({
    path: o.key,
    groupName: o.group,
    make: (group) => {
      const seed = makeSeed();
      const made = encodeSignedMessage(makeCertificate(group, seed, { size, threshold, index }));
      return { secret: { kind: 'member', seed, size, threshold, index, decryptionKey: null }, made };
    },
  });
}

export async function trusteePolynomial(step: Step, source: PassphraseSource): Promise<Outcome> {
  const opened = await openMember(step, source);
  if (!opened.ok) return refuse(opened);
  const ceremony = ceremonyOf(opened, opened.input);
  if (ceremony === undefined) return refuse(refusal('malformed-input'));
  const made = await makePolynomial(ceremony, opened.secret.seed);
  return made.ok ? handOver(step.out, JSON.stringify(encodePolynomial(made.polynomial))) : refuse(fault(made));
}

export async function trusteeMemberKey(step: Step, source: PassphraseSource): Promise<Outcome> {
  const opened = await openMember(step, source);
  if (!opened.ok) return refuse(opened);
  const { file, secret, input } = opened;
  const { certs, polynomials } = (input ?? {}) as { readonly certs?: unknown; readonly polynomials?: unknown };
  const ceremony = ceremonyOf(opened, certs);
  const read = ceremony && listOf(polynomials, (one) => parsePolynomial(ceremony.group, one));
  if (ceremony === undefined || read?.length !== ceremony.certs.length) return refuse(refusal('malformed-input'));
  const made = await makeMemberKey(ceremony, secret.seed, read);
  if (!made.ok) return refuse(fault(made));
  const { decryptionKey, publicKey } = made.memberKey;
  // The key file first: a public key whose secret was lost would make a share that can't come.
  const saved = await opened.save({ ...file, secret: { ...secret, decryptionKey } });
  return saved.ok ? handOver(step.out, JSON.stringify(encodeTrusteeKey(publicKey))) : refuse(saved);
}

export async function trusteeShare(step: Step, source: PassphraseSource): Promise<Outcome> {
  const archive = await readArchiveFile(step.file);
  if (!archive.ok) return refuse(archive);
  const opened = await openKeyFileOf(step.key, source);
  if (!opened.ok) return refuse(opened);
  const start = performance.now();
  const made = await signTally(opened.file, archive.bytes, progressForPerson());
  if (!made.ok) {
    const { exitCode, lines, answer } = refuse(signFault(made.reason));
    if (made.reason !== 'archive-does-not-hold') return { exitCode, lines, answer };
    const checks = archiveLines(made.report, Math.round(performance.now() - start));
    return { exitCode, lines: [...checks, ...lines], answer: { ...answer, checks: made.report.checks } };
  }
  // Noted before it is given away: a second tally is then refused, whatever happens to this share.
  const saved = await opened.save(made.file);
  if (!saved.ok) return refuse(saved);
  const { owner, tally, head } = made.signed;
  return handOver(step.out, encodeSignedTally(made.signed), { owner, tally, head });
}

/** The key file of a member, and the JSON that the others made. */
async function openMember({ file, key }: Step, source: PassphraseSource): Promise<OpenedMember | Refusal> {
  const read = await readSmallFile(file);
  if (!read.ok) return read;
  const input = parseJson(read.text);
  const opened = await openKeyFileOf(key, source);
  if (!opened.ok) return opened;
  const { secret } = opened.file;
  return secret.kind === 'member' ? { ...opened, secret, input } : refusal('mandatory-key');
}

type OpenedMember = OpenedFile & {
  readonly secret: Extract<OpenedFile['file']['secret'], { readonly kind: 'member' }>;
  readonly input: unknown;
};

function ceremonyOf({ group, secret }: OpenedMember, list: unknown): Ceremony | undefined {
  const { size, threshold } = secret;
  const certs = listOf(list, (one) => parseSignedMessage(group, one, new Set()));
  return certs?.length === size ? { group, threshold, certs } : undefined;
}

function listOf<T>(value: unknown, read: (one: unknown) => T | undefined): readonly T[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const items = (value as readonly unknown[]).map(read);
  return items.includes(undefined) ? undefined : (items as readonly T[]);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function handOver(path: string, text: string, answer: object = {}): Promise<Outcome> {
  const written = await writeKeyFile(path, `${text}\n`);
  if (!written.ok) return refuse(written);
  return {
    exitCode: 0,
    lines: [`Hand over the file "${printable(path)}".`],
    answer: { ok: true, out: path, ...answer },
  };
}

function fault({ reason, member }: { readonly reason: CeremonyProblem; readonly member?: number }): Refusal {
  const whose = member === undefined ? 'This key is of no member of this group' : `What member ${member} sent is wrong`;
  const sentence = `${whose} (${reason}); nothing was made. Ask who runs the election before going on.`;
  return { ok: false, exitCode: 1, reason, sentence };
}

const SIGN_PROBLEMS: Readonly<Record<SignProblem, readonly [1 | 2, string]>> = {
  'archive-does-not-hold': [
    1,
    'No share was made: this archive does not hold. Download it again; tell the other trustees.',
  ],
  'no-tally-yet': [2, 'This archive has no tally yet; download it again after the close.'],
  'key-unfinished': [
    2,
    'This key file has no decryption key yet; do `trustee member-key` first, or take a newer copy of it.',
  ],
  'not-a-trustee': [1, 'This key is of no trustee of this election; take the key file made for it.'],
  'other-tally': [
    1,
    'No share was made: with this key, a share of ANOTHER tally of this election was made. Tell the other trustees.',
  ],
};

function signFault(reason: SignProblem): Refusal {
  const [exitCode, sentence] = SIGN_PROBLEMS[reason];
  return { ok: false, exitCode, reason, sentence };
}

const PROBLEMS = {
  'malformed-input': 'The file of what the others made is incomplete or damaged; download it again.',
  'mandatory-key': 'This is the key of a mandatory trustee, who has no such step; take the key file of the member.',
} as const;

function refusal(reason: keyof typeof PROBLEMS): Refusal {
  return { ok: false, exitCode: 2, reason, sentence: PROBLEMS[reason] };
}
