// Broken configurations as operators write them, in the file `.env`: the start of the server and `votix config check` both say
// all that is wrong in one output, each with its name, a reason and an example, and do nothing else.

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { jsonOf, removeCommandFiles, runStart, runVotix } from '../../../tests/support/votix-command.ts';

afterAll(removeCommandFiles);

const long = 'a-secret-of-hunter-with-thirty-two-characters';

/** A folder with this `.env`. */
function aFolder(settings: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'votix-broken-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, '.env'), settings);
  return folder;
}

const broken: readonly (readonly [what: string, settings: string, names: readonly string[]])[] = [
  [
    'names as other programs have them, and a slip of the finger',
    `SMTP_HOST=smtp.example.org\nSMTP_USER=votes\nSECRET_KYE=${long}`,
    ['SECRET_KYE', 'SMTP_HOST', 'SMTP_USER'],
  ],
  ['an address where a name belongs, and a port in words', 'HOST=http://localhost\nPORT=eighty', ['HOST', 'PORT']],
  ['PostgreSQL without a secret', 'DATABASE_URL=postgres://votix:hunter1@db.example/votix', ['SECRET_KEY']],
  [
    'another database, and a short secret',
    'DATABASE_URL=mysql://votix:hunter1@db.example/votix\nSECRET_KEY=hunter2',
    ['DATABASE_URL', 'SECRET_KEY'],
  ],
  [
    'secrets given twice',
    `SECRET_KEY=${long}\nSECRET_KEY_FILE=/run/secrets/a\nSMTP_USERNAME=v\nSMTP_PASSWORD=hunter3\nSMTP_PASSWORD_FILE=/b`,
    ['SECRET_KEY', 'SMTP_PASSWORD'],
  ],
  [
    'secrets in files that are not there',
    'SECRET_KEY_FILE=/nowhere/secret\nDATABASE_URL_FILE=/nowhere/url\nGOOGLE_CLIENT_SECRET_FILE=/nowhere/google',
    ['DATABASE_URL_FILE', 'GOOGLE_CLIENT_SECRET_FILE', 'SECRET_KEY_FILE'],
  ],
  [
    'a public address on one of our own paths, and nobody to ask',
    'VOTING_URL=https://example.org/console\nCONTACT_EMAIL=ada@\nASSOCIATION_NAME="   "',
    ['ASSOCIATION_NAME', 'CONTACT_EMAIL', 'VOTING_URL'],
  ],
  [
    'a window that ends before it begins, in a zone that is none',
    'VOTING_START=1779458400\nVOTING_END=1779400801\nTIME_ZONE=Europe/Atlantis',
    ['TIME_ZONE', 'VOTING_END'],
  ],
  [
    'moments without an offset, and in milliseconds',
    'VOTING_START=2026-12-01T08:00\nVOTING_END=1779458400000',
    ['VOTING_END', 'VOTING_START'],
  ],
  [
    'a mail server with everything in its way',
    'SMTP_SERVER=https://smtp.example.org\nSMTP_PORT=0\nSMTP_FROM=nobody\nSMTP_REPLY_TO=votes@\nSMTP_VERIFY_SSL=maybe\n' +
      'SMTP_RATE=0\nSMTP_CONNECTIONS=many\nSMTP_PASSWORD=hunter4',
    [
      'SMTP_CONNECTIONS',
      'SMTP_FROM',
      'SMTP_PORT',
      'SMTP_RATE',
      'SMTP_REPLY_TO',
      'SMTP_SERVER',
      'SMTP_USERNAME',
      'SMTP_VERIFY_SSL',
    ],
  ],
  [
    'rules for voters that are none',
    `VALID_EMAIL_DOMAINS="example.org, not a domain!"\nPROMOTION_LIST=${'x'.repeat(61)}\nRETENTION_DAYS=45\nDEFAULT_LANGUAGE=de`,
    ['DEFAULT_LANGUAGE', 'PROMOTION_LIST', 'RETENTION_DAYS', 'VALID_EMAIL_DOMAINS'],
  ],
  ['proxies by name, and by a range too wide', 'TRUSTED_PROXIES=proxy.example,10.0.0.0/33', ['TRUSTED_PROXIES']],
];

test.each(broken)(
  '%s: everything at once, and nothing is begun',
  { timeout: 60_000 },
  async (_what, settings, names) => {
    const folder = aFolder(settings);
    const [start, check] = [await runStart({ folder }), await runVotix(['config', 'check'], { folder })];
    expect(start).toMatchObject({ code: 78, out: '' });
    expect(check).toEqual(start);
    const [head = '', ...lines] = start.err.trimEnd().split('\n');
    expect(head).toBe(`The configuration has ${names.length} problem(s).`);
    const told = lines.filter((line) => !line.startsWith('  '));
    expect(told.map((line) => line.replace(/:.*/, '')).toSorted()).toEqual(names);
    for (const line of told) expect(line).toMatch(/^[A-Z_]+: [A-Z].+[.?]$/);
    const examples = lines.filter((line) => line.startsWith('  '));
    expect(examples).toHaveLength(names.length);
    for (const example of examples) expect(example).toMatch(/^ {2}for example {2}[A-Z_]+=\S/);
    expect(start.err).not.toContain('hunter');
    expect(readdirSync(folder)).toEqual(['.env']);
  },
);

test('with --json the same problems stand in one line', async () => {
  const folder = aFolder('PORT=eighty\nSMTP_HOST=x');
  const ended = await runVotix(['config', 'check', '--json'], { folder });
  expect(ended).toMatchObject({ code: 78, err: '' });
  expect(jsonOf(ended)).toEqual({
    ok: false,
    reason: 'configuration',
    problems: [
      { name: 'PORT', reason: expect.any(String), example: 'PORT=5000' },
      { name: 'SMTP_HOST', reason: expect.stringContaining('SMTP_SERVER'), example: 'SMTP_SERVER=smtp.example.org' },
    ],
  });
});
