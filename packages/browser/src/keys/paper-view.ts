// What goes on paper: one passphrase, or one sheet after the other for holders of a share. Each is shown once and printed alone.
import { html, nothing, type TemplateResult } from 'lit-html';
import { fingerprintGroups, passphraseGroups } from '../page/groups.ts';
import type { KeyShares } from '../page/shares.ts';
import { actionButton } from '../page/views.ts';
import type { KeysView } from './screen.ts';
import type { KeysState, MadeKeys } from './state.ts';

export function paperPage(view: KeysView, state: KeysState): TemplateResult {
  const { say, dispatch } = view;
  if (state.secrets === null) return html``;
  const { keyShares, papers } = state.secrets;
  const isLast = state.paper + 1 === papers.length;
  const next = isLast ? say('to-proof') : say('next-share', { number: state.paper + 2 });
  return html`
    <h2 tabindex="-1">${say(keyShares ? 'shares-title' : 'passphrase-title')}</h2>
    <p>${keyShares ? say('shares-text', { holders: keyShares.holders }) : say('passphrase-text')}</p>
    ${keyShares ? shareSheet(view, state, keyShares) : passphraseSheet(view, state.secrets)}
    <div class="actions">
      ${actionButton(say('print'), () => dispatch({ type: 'print-pressed' }))}
      ${actionButton(say(keyShares ? 'copy-share' : 'copy'), () => dispatch({ type: 'copy-pressed' }))}
    </div>
    <p role="status" class="hint">
      ${state.copied === null ? nothing : say(state.copied === 'yes' ? 'copied' : 'copy-failed')}
    </p>
    <div class="actions">
      ${actionButton(next, () => dispatch({ type: 'noted-pressed' }), 'primary')}
      ${
        state.paper === 0
          ? nothing
          : actionButton(say('former-share'), () => dispatch({ type: 'former-paper-pressed' }), 'quiet')
      }
    </div>
  `;
}

function passphraseSheet({ say, data }: KeysView, { papers, fingerprint }: MadeKeys): TemplateResult {
  return html`<section class="passphrase-sheet" aria-label=${say('sheet-title')}>
    <p class="passphrase-sheet-title">${say('sheet-title')}</p>
    <p>${data.electionName}</p>
    ${passphraseGroups(papers[0] ?? '')}
    <p class="hint">${say('sheet-file', { file: data.fileName })}</p>
    <div class="on-paper">
      <p>${say('fingerprint')}</p>
      ${fingerprintGroups(fingerprint)}
      <p>${say('sheet-keep')}</p>
    </div>
  </section>`;
}

function shareSheet({ say, data }: KeysView, state: KeysState, { holders, needed }: KeyShares): TemplateResult {
  const { papers, fingerprint } = state.secrets!;
  const title = say('share-sheet-title', { number: state.paper + 1, holders });
  return html`<section class="passphrase-sheet passphrase-sheet--share" aria-label=${title}>
    <p class="passphrase-sheet-title">${title}</p>
    <p>${data.electionName}</p>
    ${passphraseGroups(papers[state.paper] ?? '')}
    <p>${say('share-sheet-needed', { needed, holders })}</p>
    <p class="hint">${say('sheet-file', { file: data.fileName })}</p>
    <div class="on-paper">
      <p>${say('share-sheet-name')}</p>
      <p>${say('fingerprint')}</p>
      ${fingerprintGroups(fingerprint)}
      <p>${say('share-sheet-keep')}</p>
    </div>
  </section>`;
}
