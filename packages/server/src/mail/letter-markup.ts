// A letter as HTML for mail programs. They know neither our style sheet nor its tokens, some throw style sheets away, and one
// lays out only tables: every element carries its own style, and the sheet holds no more than a dark screen's colours.

import { fillPlaceholders } from '../domain/mail-texts.ts';

export interface LetterSheet {
  readonly locale: 'en' | 'fr';
  readonly organisation: string;
  readonly values: Readonly<Record<string, string>>;
  /** Absolute; shown as a button above its own text. */
  readonly link?: string | undefined;
  readonly buttonLabel: string;
  readonly contactEmail: string;
  /** The first paragraphs of the body, each in a frame. */
  readonly notices?: readonly string[] | undefined;
}

const serif = "Georgia, 'Times New Roman', serif";
const sans = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
const mono = "ui-monospace, Menlo, Consolas, 'Courier New', monospace";

const light = {
  paper: '#faf6ee',
  ink: '#211d16',
  line: '#e0d8c7',
  strong: '#8b8270',
  accent: '#1f4a86',
  on: '#ffffff',
};
const dark = { paper: '#16130e', ink: '#f3ecdf', line: '#3b3428', strong: '#8f8470', accent: '#9cc2f3', on: '#0d1a2c' };

const styles = {
  head: `margin: 0 0 24px; padding: 0 0 12px; border-bottom: 1px solid ${light.line}; font-family: ${serif}; font-weight: bold;`,
  paragraph: 'margin: 0 0 16px;',
  notice: `margin: 0 0 24px; padding: 12px 16px; border: 2px solid ${light.strong}; border-radius: 8px; font-weight: bold;`,
  button: `display: inline-block; padding: 12px 20px; color: ${light.on}; font-weight: bold; text-decoration: none;`,
  link: `color: ${light.accent}; overflow-wrap: anywhere; word-break: break-word;`,
  code: `display: inline-block; margin: 0 0 16px; padding: 8px 12px 8px 16px; border: 1px solid ${light.strong}; border-radius: 8px; font-family: ${mono}; font-size: 24px; font-weight: bold; letter-spacing: 4px;`,
  key: `font-family: ${mono}; font-weight: bold; white-space: nowrap;`,
} as const;

const sheetOfDark = `@media (prefers-color-scheme: dark) {
.paper { background: ${dark.paper} !important; }
.ink { color: ${dark.ink} !important; }
.head { border-color: ${dark.line} !important; }
.code, .notice { border-color: ${dark.strong} !important; }
.button { background: ${dark.accent} !important; }
.button a { color: ${dark.on} !important; }
.link { color: ${dark.accent} !important; }
}`;

const escaped: Readonly<Record<string, string>> = { '\n': '<br>' };
const escape = (text: string): string =>
  text.replace(/[&<>"'\n]/g, (character) => escaped[character] ?? `&#${character.charCodeAt(0)};`);

const linkTo = (href: string, text = href): string =>
  `<a class="link" style="${styles.link}" href="${escape(href)}">${escape(text)}</a>`;

/** Values that can be pressed, stand out, or must not be broken at the end of a line. */
const ways: Readonly<Record<string, (value: string, sheet: LetterSheet) => string>> = {
  link: (value) => linkTo(value),
  election_page: (value) => linkTo(value),
  short_address: (value) => linkTo(value),
  election: (value) => `<strong>${escape(value)}</strong>`,
  key: (value) => `<span style="${styles.key}">${escape(value)}</span>`,
  code: (value) => `<span style="${styles.key}">${escape(value)}</span>`,
  contact: (value, { contactEmail }) =>
    escape(value).replace(escape(contactEmail), () => linkTo(`mailto:${contactEmail}`, contactEmail)),
};

/** A paragraph with its values in place. */
const filled = (paragraph: string, sheet: LetterSheet): string =>
  fillPlaceholders(escape(paragraph), (name) => {
    const [value, way] = [sheet.values[name] ?? '', ways[name]];
    return value !== '' && way ? way(value, sheet) : escape(value);
  });

const table = 'role="presentation" cellpadding="0" cellspacing="0" border="0"';

/** One that is only the link or only the code stands out. */
function markup(paragraph: string, sheet: LetterSheet): string {
  const { values, link, buttonLabel } = sheet;
  const alone = paragraph.trim();
  if (sheet.notices?.includes(paragraph) === true)
    return `<p class="notice" style="${styles.notice}">${escape(paragraph)}</p>`;
  if (alone === '{code}') return `<p class="code" style="${styles.code}">${escape(values['code'] ?? '')}</p>`;
  if (alone !== '{link}' || link === undefined) return `<p style="${styles.paragraph}">${filled(paragraph, sheet)}</p>`;
  const button = `<a href="${escape(link)}" style="${styles.button}">${escape(buttonLabel)}</a>`;
  return `<table ${table} style="margin: 0 0 16px;"><tr><td class="button" style="border-radius: 8px; background: ${light.accent};">${button}</td></tr></table><p style="${styles.paragraph}">${linkTo(link)}</p>`;
}

export function letterHtml(sheet: LetterSheet, subject: string, body: string): string {
  const { locale, organisation } = sheet;
  const paragraphs = body.split(/\n{2,}/).map((paragraph) => markup(paragraph, sheet));
  const head = `<p class="head" style="${styles.head}">${escape(organisation)}</p>`;
  const cell = `<td class="ink" align="left" style="color: ${light.ink}; font-family: ${sans}; font-size: 16px; line-height: 24px;">${head}${paragraphs.join('\n')}</td>`;
  const column = `<table ${table} width="100%" style="max-width: 544px;"><tr>${cell}</tr></table>`;
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><meta name="format-detection" content="telephone=no, date=no, address=no"><title>${escape(subject)}</title><style>${sheetOfDark}</style></head>
<body class="paper" style="margin: 0; padding: 0; background: ${light.paper};">
<table ${table} width="100%" class="paper" style="background: ${light.paper};"><tr><td align="center" style="padding: 24px 20px 40px;">${column}</td></tr></table>
</body></html>
`;
}
