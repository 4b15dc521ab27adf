// Does what the wizard asks for. The private key lives only inside `makeKeys`; what leaves it is sealed or public.
import {
  makeKeyPair,
  makePassphrase,
  openKeyFile,
  provePossession,
  sealKeyFile,
  shareHash,
  splitPassphrase,
  type ModulusBits,
} from '@votix/protocol';
import { copyText } from '../page/clipboard.ts';
import { focusOn, focusOnHeading } from '../page/focus.ts';
import { postJson } from '../page/reply.ts';
import { saveTextFile } from '../page/save-file.ts';
import { combineTyped } from '../page/shares.ts';
import type { KeysData } from './data.ts';
import type { KeysEffect, KeysEvent, MadeKeys, ProofProblem, PublicPart, Split } from './state.ts';

type Dispatch = (event: KeysEvent) => void;

export function performEffect(data: KeysData, stage: HTMLElement, effect: KeysEffect, dispatch: Dispatch): void {
  switch (effect.type) {
    case 'focus-heading':
      return focusOnHeading(stage);
    case 'focus':
      return focusOn(effect.id);
    case 'make':
      return void makeKeys(data.bits, effect.split).then(
        (keys) => dispatch({ type: 'made', keys }),
        () => dispatch({ type: 'making-failed' }),
      );
    case 'save':
      return saveTextFile(data.fileName, effect.keyFile);
    case 'copy':
      return void copyText(effect.text).then((worked) => dispatch({ type: 'copied', worked }));
    case 'print':
      return window.print();
    case 'prove':
      return void prove(effect, dispatch);
    case 'arm':
      return void postJson(data.armUrl, {
        publicKey: effect.publicPart.publicKeyPem,
        fingerprint: effect.publicPart.fingerprint,
        definitionHash: data.definitionHash,
        possessionProven: true,
        ...(effect.publicPart.keyShares && { keyShares: effect.publicPart.keyShares }),
      }).then((reply) => dispatch({ type: 'arm-answered', reply }));
  }
}

async function makeKeys(bits: ModulusBits, split: Split | null): Promise<MadeKeys> {
  const passphrase = makePassphrase();
  const { privateKey, publicKeyPem, fingerprint } = await makeKeyPair(bits);
  const made = { keyFile: await sealKeyFile(privateKey, passphrase), publicKeyPem, fingerprint };
  if (split === null) return { ...made, papers: [passphrase], keyShares: null };
  const papers = await splitPassphrase({ passphrase, fingerprint, ...split });
  return { ...made, papers, keyShares: { ...split, hashes: papers.map(shareHash) } };
}

async function prove(effect: Extract<KeysEffect, { type: 'prove' }>, dispatch: Dispatch): Promise<void> {
  try {
    const passphrase = await passphraseOf(effect);
    dispatch(typeof passphrase === 'string' ? await proven({ ...effect, passphrase }) : passphrase);
  } catch {
    dispatch({ type: 'not-proven', problem: 'challenge-failed' }); // the browser's own cryptography refused
  }
}

/** What opens the key file; of a split passphrase every share is tried, so that each holder knows theirs is right. */
async function passphraseOf({ given, expected }: Extract<KeysEffect, { type: 'prove' }>): Promise<string | KeysEvent> {
  if (given.kind === 'passphrase') return given.passphrase;
  const { hashes, holders } = expected!.keyShares!;
  const combined = await combineTyped(given.typed, { fingerprint: expected!.fingerprint, hashes, wanted: holders });
  return combined.ok ? combined.passphrase : { type: 'shares-refused', problem: combined.problem };
}

async function proven(proof: Extract<KeysEffect, { type: 'prove' }> & { passphrase: string }): Promise<KeysEvent> {
  const { keyFile, passphrase, given, expected } = proof;
  const publicPart = expected ?? (await publicPartIn(keyFile, passphrase));
  if (typeof publicPart === 'string') return { type: 'not-proven', problem: publicPart };
  const possession = await provePossession({ keyFile, passphrase, fingerprint: publicPart.fingerprint });
  if (possession.ok) return { type: 'proven', publicPart };
  const isOtherFile = given.kind === 'shares' && possession.reason === 'wrong-passphrase';
  return { type: 'not-proven', problem: isOtherFile ? 'other-file' : possession.reason };
}

/** The public part of a key that was made elsewhere. */
async function publicPartIn(keyFile: string, passphrase: string): Promise<PublicPart | ProofProblem> {
  const opened = await openKeyFile(keyFile, passphrase);
  if (!opened.ok) return opened.reason;
  return { publicKeyPem: opened.publicKeyPem, fingerprint: opened.fingerprint, keyShares: null };
}
