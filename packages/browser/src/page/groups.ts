// Long secrets and fingerprints as they are shown to be written down or compared: in groups of four.
import { html, type TemplateResult } from 'lit-html';

export function passphraseGroups(passphrase: string): TemplateResult {
  return html`<p class="passphrase" translate="no">
    ${passphrase.split('-').map((group) => html`<span>${group}</span> `)}
  </p>`;
}

/** Sixty-four digits are compared in groups of four. */
export function fingerprintGroups(fingerprint: string): TemplateResult {
  const groups = fingerprint.match(/.{1,4}/g) ?? [];
  return html`<p class="fingerprint" translate="no">${groups.map((group) => html`<span>${group}</span> `)}</p>`;
}
