// Where a personal link leads when one cannot vote now: why, until when, and whom to ask.
import { html } from 'hono/html';
import { contactLink, layoutPublic } from './layout.ts';
import type { Html, Page } from './page.ts';

export type DoorKind =
  | 'too-early'
  | 'too-late'
  | 'abandoned'
  | 'already-voted'
  | 'unknown-link'
  | 'replaced-link'
  | 'code-locked'
  | 'insecure';

export interface DoorView {
  readonly kind: DoorKind;
  readonly election?: { readonly id: string; readonly name: string } | undefined;
  /** Finished: when voting opens, when it closed or was abandoned, on which day the person voted, until when the code is locked. */
  readonly at?: string | undefined;
  /** Why the election was abandoned, in the administrator's words. */
  readonly because?: string | undefined;
}

/** Calm where all is well, a warning where the voter has something to do. */
const tones: Readonly<Record<DoorKind, 'calm' | 'good' | 'warn'>> = {
  'too-early': 'calm',
  'too-late': 'calm',
  abandoned: 'calm',
  'already-voted': 'good',
  'unknown-link': 'warn',
  'replaced-link': 'warn',
  'code-locked': 'warn',
  insecure: 'warn',
};

export function doorPage(page: Page, door: DoorView): Html {
  return layoutPublic(page, { title: doorTitle(page, door), content: doorArticle(page, door), shape: 'card' });
}

export const doorTitle = (page: Page, { kind, at = '' }: DoorView): string => page.t(`door.${kind}.title`, { at });

export function doorArticle(page: Page, door: DoorView): Html {
  const { kind, election, at = '' } = door;
  return html`<article class="card door door--${tones[kind]}">
    ${election === undefined ? '' : html`<p class="eyebrow">${election.name}</p>`}
    <h1>${doorTitle(page, door)}</h1>
    <p class="lead">${page.t(`door.${kind}.text`, { at })}</p>
    ${door.because === undefined ? '' : html`<blockquote class="prose">${door.because}</blockquote>`}
    <p>${page.t(`door.${kind}.next`, { at })}</p>
    ${
      page.contact === undefined
        ? ''
        : html`<p class="door-contact"><strong>${page.t('door.ask')}</strong> ${contactLink(page.contact)}</p>`
    }
    ${
      election === undefined
        ? ''
        : html`<p>
          <a class="button button--secondary" href="${page.href(`/elections/${election.id}`)}"
            >${page.t('door.election-page')}</a
          >
        </p>`
    }
  </article>`;
}
