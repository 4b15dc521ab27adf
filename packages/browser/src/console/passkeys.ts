// <form data-passkey="address of the challenge"> is answered by a passkey: the challenge is fetched when the button is pressed,
// the browser asks its owner, and the signature goes with the form as JSON, its bytes in base64url (WebAuthn level 3, §5.1).
import { postJson } from '../page/reply.ts';

type Options = Readonly<Record<string, unknown>>;

export function startPasskey(form: HTMLFormElement): void {
  const said = form.querySelector('[role="status"]');
  const say = (sentence: string | undefined) => {
    if (said) said.textContent = sentence ?? '';
  };
  form.hidden = false;
  if (!window.isSecureContext || typeof PublicKeyCredential === 'undefined') {
    for (const part of form.querySelectorAll<HTMLElement>('button, .field')) part.hidden = true;
    return say(form.dataset['missing']);
  }
  let busy = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    say('');
    void answer(form)
      .then(say)
      .finally(() => {
        busy = false;
      });
  });
}

/** A sentence when nothing came of it. */
async function answer(form: HTMLFormElement): Promise<string | undefined> {
  const reply = await postJson(form.dataset['passkey'] ?? '', {});
  if (reply.kind === 'no-answer') return form.dataset['offline'];
  if (reply.kind === 'problem') return `${reply.problem.title}. ${reply.problem.detail}`;
  const field = form.querySelector<HTMLInputElement>('input[name="answer"]');
  try {
    const signed = await sign(reply.body);
    if (!signed || !field) return form.dataset['cancelled'];
    field.value = JSON.stringify(signed);
    form.submit();
    return undefined;
  } catch (error) {
    return form.dataset[sentences[error instanceof DOMException ? error.name : ''] ?? 'cancelled'];
  }
}

/** What browsers throw (§5.1.3, §5.1.4); all else is somebody who has changed their mind, or waited too long. */
const sentences: Readonly<Record<string, string>> = { InvalidStateError: 'known', SecurityError: 'elsewhere' };

/** Options that name a user make a passkey, others use one. */
async function sign(options: Options): Promise<object | undefined> {
  const given = options['user'] === undefined ? await use(options) : await make(options);
  if (!(given instanceof PublicKeyCredential)) return undefined;
  const id = toText(given.rawId);
  return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response: responseOf(given.response) };
}

function make(options: Options): Promise<Credential | null> {
  const user = options['user'] as { readonly id: string };
  const publicKey = { ...common(options, 'excludeCredentials'), user: { ...user, id: toBytes(user.id) } };
  return navigator.credentials.create({ publicKey: publicKey as unknown as PublicKeyCredentialCreationOptions });
}

function use(options: Options): Promise<Credential | null> {
  const publicKey = common(options, 'allowCredentials');
  return navigator.credentials.get({ publicKey: publicKey as unknown as PublicKeyCredentialRequestOptions });
}

function common(options: Options, list: 'allowCredentials' | 'excludeCredentials') {
  const known = (options[list] ?? []) as readonly { readonly id: string }[];
  return {
    ...options,
    challenge: toBytes(String(options['challenge'])),
    [list]: known.map((each) => ({ ...each, id: toBytes(each.id) })),
  };
}

function responseOf(response: AuthenticatorResponse) {
  const clientDataJSON = toText(response.clientDataJSON);
  if (response instanceof AuthenticatorAttestationResponse)
    return { clientDataJSON, attestationObject: toText(response.attestationObject) };
  const { authenticatorData, signature } = response as AuthenticatorAssertionResponse;
  return { clientDataJSON, authenticatorData: toText(authenticatorData), signature: toText(signature) };
}

function toBytes(base64url: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
    character.charCodeAt(0),
  );
}

function toText(bytes: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
