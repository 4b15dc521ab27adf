// Does what the wizard asks for. The private key lives only inside `makeKeys`; what leaves it is sealed or public.
import {
  makeKeyPair,
  makePassphrase,
  sealKeyFile,
  shareHash,
  splitPassphrase,
  type ModulusBits,
} from '@votix/protocol';
import { copyText } from '../page/clipboard.ts';
import { focusOn, focusOnHeading } from '../page/focus.ts';
import { postJson } from '../page/reply.ts';
import { saveTextFile } from '../page/save-file.ts';
import type { KeysData } from './data.ts';
import { proveKey } from './proof.ts';
import type { KeysEffect, KeysEvent, MadeKeys, Split } from './state.ts';

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
      // of a split passphrase every share, so that each holder knows theirs is right
      return void proveKey({ ...effect, wanted: effect.expected?.keyShares?.holders ?? 0 }).then(dispatch);
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
