// Both languages complete and well-written: the same keys, the same arguments, nothing unused, no word that voters should
// never meet, French punctuation as printers set it. Part of `npm run check`.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';

export type Catalogue = Readonly<Record<string, string>>;
type Element = ReturnType<IntlMessageFormat['getAst']>[number];

/** Areas given to client programs as finished strings: the browser only fills `{name}`. */
const clientAreas = ['booth', 'keys', 'deliberation', 'trustee', 'registrar', 'verify'];
/** A sentence for every deed of the audit log, which writes the deed alone. */
const actionArea = 'audit.action.';
/** Read by whoever runs the server and its mails; whatever else there is, a voter may meet. */
const operatorAreas = ['configure', 'mail-cause', 'mail-trial', 'setting'];
/** Whole words that no voter reads. */
export const bannedWords = {
  en: /(?<!\p{L})(?:encrypt\p{L}*|hash\p{L}*|rsa|tokens?|uuid)(?!\p{L})/iu,
  fr: /(?<!\p{L})(?:chiffrer|chiffrée?s?|chiffrements?|hachages?|jetons?|hash\p{L}*|rsa|tokens?|uuid)(?!\p{L})/iu,
} as const;

export function messageProblems(en: Catalogue, fr: Catalogue, sources: readonly string[]): string[] {
  const used = usedKeys(sources);
  return Object.keys({ ...en, ...fr }).flatMap((key) => {
    const [english, french] = [en[key], fr[key]];
    if (english === undefined || french === undefined)
      return [`${key}: missing in ${english === undefined ? 'en' : 'fr'}.json`];
    const found = [...pairProblems(key, english, french), ...languageProblems(key, english, french)];
    return used(key) ? found : [...found, `${key}: used nowhere`];
  });
}

function pairProblems(key: string, english: string, french: string): string[] {
  const [inEnglish, inFrench] = [parse(english), parse(french)];
  if (inEnglish === undefined || inFrench === undefined) return [`${key}: not a well-formed ICU message`];
  const found: string[] = [];
  const [a, b] = [argumentsOf(inEnglish), argumentsOf(inFrench)];
  if (a.join() !== b.join())
    found.push(`${key}: arguments differ: ${a.join(', ') || 'none'} / ${b.join(', ') || 'none'}`);
  const isClient = clientAreas.includes(areaOf(key));
  if (isClient && /\{[^}]*[,{]/.test(english + french)) found.push(`${key}: a client message takes simple {name} only`);
  return found;
}

function languageProblems(key: string, english: string, french: string): string[] {
  const found: string[] = [];
  const banned = operatorAreas.includes(areaOf(key))
    ? null
    : (bannedWords.en.exec(textOf(english)) ?? bannedWords.fr.exec(textOf(french)));
  if (banned) found.push(`${key}: voters should never read “${banned[0]}”`);
  for (const [language, text] of [
    ['en', english],
    ['fr', french],
  ] as const) {
    if (text.includes("'")) found.push(`${key}: ${language}: a straight apostrophe; write ’`);
    if (text.trim() !== text || / {2}/.test(text) || text === '')
      found.push(`${key}: ${language}: stray spaces, or empty`);
  }
  return [...found, ...frenchSpacing(textOf(french)).map((problem) => `${key}: fr: ${problem}`)];
}

/** U+202F before ; ! ? and inside « », U+00A0 before a colon (not the one of an address). */
export function frenchSpacing(text: string): string[] {
  const found: string[] = [];
  if (/(?<![\u202F!?])[;!?]/.test(text)) found.push('a narrow no-break space (U+202F) belongs before ; ! ?');
  if (/(?<!\u00A0):(?!\/\/|\p{L})/u.test(text)) found.push('a no-break space (U+00A0) belongs before a colon');
  if (/«(?!\u202F)|(?<!\u202F)»/.test(text)) found.push('narrow no-break spaces (U+202F) belong inside « »');
  return found;
}

function parse(message: string): readonly Element[] | undefined {
  try {
    return new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst();
  } catch {
    return undefined;
  }
}

interface Branching {
  readonly value?: string;
  readonly type: number;
  readonly options?: Readonly<Record<string, { readonly value: readonly Element[] }>>;
}

const literal = 0;
const pound = 7;

function branchesOf(element: Element): readonly (readonly Element[])[] {
  return Object.values((element as Branching).options ?? {}).map((option) => option.value);
}

function argumentsOf(elements: readonly Element[]): string[] {
  const names = new Set<string>();
  const collect = (element: Element): void => {
    const { type, value } = element as Branching;
    if (type !== literal && type !== pound && value !== undefined) names.add(value);
    branchesOf(element).flat().forEach(collect);
  };
  elements.forEach(collect);
  return [...names].toSorted();
}

/** The words of a message without its syntax; an argument stands as a letter. */
function textOf(message: string): string {
  const write = (element: Element): string => {
    const { type, value = '' } = element as Branching;
    const branches = branchesOf(element).map((branch) => branch.map(write).join(''));
    return branches.length > 0 ? branches.join('\n') : type === literal ? value : 'x';
  };
  return (parse(message) ?? []).map(write).join('');
}

const areaOf = (key: string): string => key.split('.')[0] ?? '';

/** Keys stand in the sources whole, or as a template whose gaps may be anything; client programs write them without area. */
function usedKeys(sources: readonly string[]): (key: string) => boolean {
  const whole = new Set<string>();
  const patterns = new Set<string>();
  for (const source of sources) {
    for (const [, text = ''] of source.matchAll(/['"`]([a-z][\w.-]*)['"`]/gi)) whole.add(text);
    for (const [, text = ''] of source.matchAll(/`((?:[\w.-]|\$\{[^{}`]*\})+)`/g)) {
      if (text.includes('${') && /^[a-z]{3}/.test(text))
        patterns.add(text.replace(/\./g, '\\.').replace(/\$\{[^}]*\}/g, '[\\w-]+'));
    }
  }
  const matchers = [...patterns].map((pattern) => new RegExp(`^${pattern}$`));
  const isWritten = (text: string) => whole.has(text) || matchers.some((matcher) => matcher.test(text));
  const isAction = (key: string) => key.startsWith(actionArea) && isWritten(key.slice(actionArea.length));
  const ofClient = (key: string) => clientAreas.includes(areaOf(key)) && isWritten(key.slice(areaOf(key).length + 1));
  return (key) => isWritten(key) || isAction(key) || ofClient(key);
}

function main(): void {
  const root = join(import.meta.dirname, '..');
  const read = (path: string) => readFileSync(join(root, path), 'utf8');
  const messages = 'packages/server/src/messages';
  const paths = globSync(['packages/*/src/**/*.ts', 'scripts/settings-files.ts'], { cwd: root }).filter(
    (path) => !path.endsWith('.test.ts'),
  );
  const [en, fr] = [
    JSON.parse(read(`${messages}/en.json`)) as Catalogue,
    JSON.parse(read(`${messages}/fr.json`)) as Catalogue,
  ];
  const found = messageProblems(en, fr, paths.map(read));
  for (const problem of found) console.log(problem);
  if (found.length > 0) process.exitCode = 1;
}

if (import.meta.main) main();
