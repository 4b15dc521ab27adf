// The pages around the programs, in the frame and with the names the server gives them, and one election to fill them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  definitionHash,
  encodeDefinition,
  makeKeyPair,
  type Definition,
  type SealedKeyPair,
} from '../../packages/protocol/src/index.ts';

export type Locale = 'en' | 'fr';
type Entry = 'booth' | 'keys' | 'proof' | 'deliberation' | 'registrar' | 'verify';
type Assets = Readonly<Record<string, { readonly file: string; readonly integrity: string }>>;

export interface Election {
  readonly definition: Definition;
  readonly definitionText: string;
  readonly keys: SealedKeyPair;
}

const electionName: Readonly<Record<Locale, string>> = {
  en: 'Student council 2026',
  fr: 'Conseil des élèves 2026',
};

export async function anElection(locale: Locale): Promise<Election> {
  const names = ['Amélie Rousseau-Delacroix', 'Benoît Martin', 'Chloé Nguyễn', 'Driss El Amrani'];
  const definition: Definition = {
    votix: 1,
    sealing: 'sealed-box',
    election: '3f2b6c1e-8a4d-4e6f-9b0a-5c7d8e9f0a1b',
    name: electionName[locale],
    minimumBallots: 5,
    quorum: 0,
    tieRule: 'announce',
    contests: [
      {
        id: 'b1e0c7a2-4f5d-4a6b-8c9d-0e1f2a3b4c5d',
        title: locale === 'en' ? 'Who do you vote for?' : 'Pour qui votez-vous\u202f?',
        minChoices: 1,
        maxChoices: 1,
        blank: true,
        seats: 1,
        order: 'fixed',
        seed: '',
        candidates: names.map((name, index) => ({ id: `c0000000-0000-4000-8000-00000000000${index}`, name })),
      },
    ],
  };
  return { definition, definitionText: encodeDefinition(definition), keys: await makeKeyPair(2048) };
}

function messagesOf(locale: Locale, area: Entry): Record<string, string> {
  const path = join(import.meta.dirname, `../../packages/server/src/messages/${locale}.json`);
  const all = Object.entries(JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>);
  const prefix = `${area}.`;
  return Object.fromEntries(
    all.filter(([key]) => key.startsWith(prefix)).map(([key, text]) => [key.slice(prefix.length), text]),
  );
}

/** One area's sentences by key, as a test says them; a key that is not there is the test's mistake. */
export function wordsOf(locale: Locale, area: Entry): (key: string) => string {
  const messages = messagesOf(locale, area);
  return (key) => {
    const text = messages[key];
    if (text === undefined) throw new Error(`no message ${area}.${key}`);
    return text;
  };
}

const CONTACT = { name: 'Claire Fontaine', email: 'elections@lycee.example' };

export function boothData(locale: Locale, { definitionText, keys, definition }: Election, origin: string) {
  const [first, second] = definition.contests[0]!.candidates;
  const isFrench = locale === 'fr';
  return {
    locale,
    castUrl: '/vote/cast',
    definition: definitionText,
    publicKey: keys.publicKeyPem,
    verifiable: null,
    logos: {},
    contestRules: { [definition.contests[0]!.id]: [isFrench ? 'Le plus de voix l’emporte.' : 'The most votes win.'] },
    rules: [isFrench ? 'Il n’y a pas de quorum.' : 'There is no quorum.'],
    candidateTexts: {
      [first!.id]: isFrench
        ? 'Des repas meilleurs à la cantine, un local à vélos fermé, et un conseil qui répond aux messages sous trois jours.'
        : 'Better meals, a bicycle shed that locks, and a council that answers messages within three days.',
      [second!.id]: isFrench ? 'La musique pendant les pauses.' : 'Music during breaks.',
    },
    description: isFrench
      ? 'Le conseil représente les élèves pendant un an.'
      : 'The council speaks for the students for one year.',
    closes: isFrench
      ? 'vendredi 28 novembre 2025 à 18:00 (heure de Paris)'
      : 'Friday 28 November 2025 at 18:00 (Paris time)',
    electionUrl: '/elections/1',
    receiptUrl: `${origin}/elections/1#receipt-check`,
    receiptUntil: isFrench ? '26 février 2026' : '26 February 2026',
    contact: CONTACT,
    storageKey: 'votix-ballot-1',
    isDoor: false,
    messages: messagesOf(locale, 'booth'),
  };
}

export function keysData(locale: Locale, { definitionText, definition }: Election, secure = true) {
  return {
    locale,
    electionName: definition.name,
    bits: 2048,
    fileName: 'votix-key-student-council-2026.pem',
    definition: definitionText,
    definitionHash: definitionHash(definitionText),
    armUrl: '/arm',
    doneUrl: '/done',
    secure,
    messages: messagesOf(locale, 'keys'),
  };
}

export interface SealedBox {
  readonly ballots: number;
  readonly boxHash: string;
  readonly workerUrl: string;
}

export interface KeyShares {
  readonly holders: number;
  readonly needed: number;
  readonly hashes: readonly string[];
}

export function proofData(locale: Locale, { definition, keys }: Election, keyShares: KeyShares | null = null) {
  return {
    electionName: definition.name,
    fingerprint: keys.fingerprint,
    keyShares,
    proofUrl: '/possession',
    doneUrl: '/done',
    messages: messagesOf(locale, 'keys'),
  };
}

export function deliberationData(
  locale: Locale,
  { definitionText, definition, keys }: Election,
  box: SealedBox,
  keyShares: KeyShares | null = null,
) {
  return {
    locale,
    electionName: definition.name,
    boxUrl: '/box',
    resultUrl: '/result',
    doneUrl: '/done',
    definition: definitionText,
    publicKey: keys.publicKeyPem,
    fingerprint: keys.fingerprint,
    ...box,
    keyShares,
    messages: messagesOf(locale, 'deliberation'),
  };
}

/** Without `elections` there is only a file to check. */
export function verifyData(
  locale: Locale,
  workerUrl: string,
  elections: readonly Readonly<Record<string, string | null>>[] = [],
) {
  return { locale, workerUrl, version: '0.1.0', elections, chosen: '', messages: messagesOf(locale, 'verify') };
}

export function registrarData(locale: Locale, workerUrl: string) {
  return {
    locale,
    electionName: electionName[locale],
    registrarName: 'Rosa Keller',
    organisation: 'Lycée Jean-Rostand',
    fileName: 'votix-voter-codes.jwe',
    listName: 'votix-voter-codes.csv',
    seatUrl: '/seat',
    rollUrl: '/roll',
    partUrl: '/part',
    finishUrl: '/finish',
    workerUrl,
    opens: locale === 'fr' ? 'lundi 24 novembre 2025 à 8:00' : 'Monday 24 November 2025 at 08:00',
    closes: locale === 'fr' ? 'vendredi 28 novembre 2025 à 18:00' : 'Friday 28 November 2025 at 18:00',
    messages: messagesOf(locale, 'registrar'),
  };
}

/** A page in the product's frame: the booth's for voters, the console's for a key holder. */
export function programPage(locale: Locale, entry: Entry, data: unknown, assets: Assets): string {
  const [isBooth, isPublic] = [entry === 'booth', entry === 'verify' || entry === 'registrar'];
  const block = JSON.stringify(data).replaceAll('<', '\\u003c');
  const place = `<div id="${entry}"><p>…</p></div><script type="application/json" id="${entry}-data">${block}</script>`;
  const main = isBooth
    ? `<main id="content" class="main main--booth" tabindex="-1">${place}</main>`
    : isPublic
      ? `<main id="content" class="main" tabindex="-1"><h1>${locale === 'fr' ? 'Vérifier une élection' : 'Check an election'}</h1>${place}</main>`
      : `<div class="console-frame console-frame--alone"><main id="content" class="console-main" tabindex="-1"><h1>${locale === 'fr' ? 'Élection' : 'Election'}</h1>${place}</main></div>`;
  const scripts = isBooth || isPublic ? [entry] : ['console', entry];
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Votix</title>
<link rel="stylesheet" href="/assets/${assets['styles']!.file}" integrity="${assets['styles']!.integrity}">
${scripts.map((name) => `<script type="module" src="/assets/${assets[name]!.file}" integrity="${assets[name]!.integrity}"></script>`).join('\n')}
</head><body class="${isBooth ? 'public booth-page' : isPublic ? 'public' : 'console'}">
<header class="site-header"><div class="site-header-inner"><span class="brand"><span>Lycée Jean-Rostand</span></span>
<a class="language" href="?lang=${locale === 'fr' ? 'en' : 'fr'}">${locale === 'fr' ? 'English' : 'Français'}</a></div></header>
${main}
<footer class="site-footer"><div class="site-footer-inner"><p>Contact: ${CONTACT.name}, <a href="mailto:${CONTACT.email}">${CONTACT.email}</a></p><p>Votix</p></div></footer>
</body></html>`;
}
