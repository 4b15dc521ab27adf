// Does what the wizard asks for. The private key lives only inside `makeKeys`; what leaves it is sealed or public.
import { makeKeyPair, makePassphrase, provePossession, sealKeyFile, type ModulusBits } from '@votix/protocol';
import { copyText } from '../page/clipboard.ts';
import { focusOn, focusOnHeading } from '../page/focus.ts';
import { postJson } from '../page/reply.ts';
import { saveTextFile } from '../page/save-file.ts';
import type { KeysData } from './data.ts';
import type { KeysEffect, KeysEvent, MadeKeys } from './state.ts';

type Dispatch = (event: KeysEvent) => void;

export function performEffect(data: KeysData, stage: HTMLElement, effect: KeysEffect, dispatch: Dispatch): void {
  switch (effect.type) {
    case 'focus-heading':
      return focusOnHeading(stage);
    case 'focus':
      return focusOn(effect.id);
    case 'make':
      return void makeKeys(data.bits).then(
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
      }).then((reply) => dispatch({ type: 'arm-answered', reply }));
  }
}

async function makeKeys(bits: ModulusBits): Promise<MadeKeys> {
  const passphrase = makePassphrase();
  const { privateKey, publicKeyPem, fingerprint } = await makeKeyPair(bits);
  return { keyFile: await sealKeyFile(privateKey, passphrase), passphrase, publicKeyPem, fingerprint };
}

async function prove(effect: Extract<KeysEffect, { type: 'prove' }>, dispatch: Dispatch): Promise<void> {
  try {
    const { keyFile, passphrase, fingerprint } = effect;
    const possession = await provePossession({ keyFile, passphrase, fingerprint });
    dispatch(possession.ok ? { type: 'proven' } : { type: 'not-proven', problem: possession.reason });
  } catch {
    dispatch({ type: 'not-proven', problem: 'challenge-failed' }); // the browser's own cryptography refused
  }
}
