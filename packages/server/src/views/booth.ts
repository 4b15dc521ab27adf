// The booth's shell: the place its program draws into, its data, and words for those whose browser runs no scripts.
import { html } from 'hono/html';
import { doorArticle, doorTitle, type DoorView } from './door.ts';
import { jsonBlock } from './json-block.ts';
import { layoutBooth } from './layout.ts';
import type { Contact, Html, Page } from './page.ts';

/** The same names as the booth reads (packages/browser/src/booth/data.ts). */
export interface BoothData {
  readonly locale: 'en' | 'fr';
  readonly castUrl: string;
  /** The exact text that was frozen at arming. */
  readonly definition: string;
  /** PEM. */
  readonly publicKey: string;
  /** Of an election that everyone can check: its text on the board, the fingerprint of that, the worker that seals. */
  readonly verifiable: {
    readonly election: string;
    readonly fingerprint: string;
    readonly workerUrl: string;
    /** Whose letter brings the voter code; null where the link does. */
    readonly registrar: string | null;
  } | null;
  readonly candidateTexts: Readonly<Record<string, string>>;
  /** Addresses of pictures by the candidate's id. */
  readonly logos: Readonly<Record<string, string>>;
  /** Finished sentences by the contest's id: how many are elected, in which order the candidates stand. */
  readonly contestRules: Readonly<Record<string, readonly string[]>>;
  /** Finished sentences about the whole count. */
  readonly rules: readonly string[];
  readonly description: string;
  /** Finished. */
  readonly closes: string;
  readonly electionUrl: string;
  /** Absolute: where to check a receipt. */
  readonly receiptUrl: string;
  /** Finished. */
  readonly receiptUntil: string;
  readonly contact: Contact;
  readonly storageKey: string;
  /** The page shows a door; the program has work only if this tab still holds a ballot whose answer was lost. */
  readonly isDoor: boolean;
  /** Keys without the `booth.` prefix. */
  readonly messages: Readonly<Record<string, string>>;
}

export interface BoothView {
  readonly election: { readonly id: string; readonly name: string };
  readonly data: BoothData;
  /** Shown instead of the booth. */
  readonly door?: DoorView | undefined;
}

export function boothPage(page: Page, { election, data, door }: BoothView): Html {
  if (door !== undefined) {
    const content = html`<div id="booth">${doorArticle(page, door)}</div>
      ${jsonBlock('booth-data', data)}`;
    return layoutBooth(page, { title: doorTitle(page, door), content });
  }
  const content = html`<div id="booth">
      <div class="booth-card card">
        <p class="eyebrow">${election.name}</p>
        <h1>${page.t('vote.booth-title')}</h1>
        <p class="script-only" role="status">${page.t('vote.loading')}</p>
        <noscript>
          <p class="lead">${page.t('vote.no-script')}</p>
          <p>${page.t('vote.no-script-next', { email: data.contact.email })}</p>
        </noscript>
      </div>
    </div>
    ${jsonBlock('booth-data', data)}`;
  return layoutBooth(page, { title: election.name, content });
}
