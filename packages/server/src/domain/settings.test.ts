import { afterEach, expect, test } from 'vitest';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { saveSetting } from '../storage/settings.ts';
import type { Given } from './setting-list.ts';
import {
  isSameSetting,
  isSetUp,
  missingSettings,
  readMailServer,
  readOrganisation,
  readSettings,
  saveOrganisation,
} from './settings.ts';

const organisation = {
  organisation: 'Club',
  contactName: 'Ada',
  contactEmail: 'ada@example.org',
  retentionDays: 90,
  language: 'fr',
  zone: 'Europe/Paris',
  baseUrl: 'http://localhost:5000',
} as const;
const given: Given = {
  ASSOCIATION_NAME: 'Amicale',
  VOTING_URL: 'http://localhost:5000/vote/',
  VALID_EMAIL_DOMAINS: 'Example.org; @students.example.org,example.org',
  PROMOTION_LIST: 'E1, E2,\nE 3,E1,',
  VOTING_START: '1779400801',
  VOTING_END: '2026-05-22T16:20:00+02:00',
};

test.each([
  ['VOTING_URL', 'https://a.example/vote', 'https://a.example/', true],
  ['VOTING_URL', 'https://a.example', 'https://b.example', false],
  ['SMTP_VERIFY_SSL', 'True', 'yes', true],
  ['VALID_EMAIL_DOMAINS', 'a.fr, b.fr', 'A.fr,b.fr,', true],
  ['VALID_EMAIL_DOMAINS', '', undefined, true],
  ['ACCENT_COLOUR', '#1F4A86', '1f4a86', true],
  ['VALID_EMAIL_DOMAINS', '', 'a.fr', false],
  ['VOTING_START', '1779400801', '2026-05-21T22:00:01Z', true],
] as const)('%s: %j and %j mean the same: %s', (name, text, other, expected) => {
  expect(isSameSetting(name, text, other)).toBe(expected);
});

onBothDatabases((bench) => {
  afterEach(() => bench().db.write(async (tx) => void (await tx.deleteFrom('settings').execute())));
  const save = (name: string, value: string) => bench().db.write((tx) => saveSetting(tx, `setting.${name}`, value));

  test('with nothing saved and nothing given, the defaults', async () => {
    expect(await readSettings(bench().db.reader, {})).toEqual({
      organisation: undefined,
      validEmailDomains: [],
      promotionList: [],
      accentColour: undefined,
      suggestedWindow: { opensAt: undefined, closesAt: undefined },
    });
  });

  test('the environment decides until somebody saves something else', async () => {
    expect(await readSettings(bench().db.reader, given)).toEqual({
      organisation: undefined,
      validEmailDomains: ['example.org', 'students.example.org'],
      promotionList: ['E1', 'E2', 'E 3'],
      accentColour: undefined,
      suggestedWindow: { opensAt: 1_779_400_801_000, closesAt: Date.parse('2026-05-22T14:20:00Z') },
    });
    await save('VALID_EMAIL_DOMAINS', 'other.example');
    expect(await readSettings(bench().db.reader, given)).toMatchObject({ validEmailDomains: ['other.example'] });
  });

  test('the pace that suits the provider, by the name of its server; a number that is set wins', async () => {
    const paceOf = async (SMTP_SERVER: string, more: Given = {}) => {
      const server = await readMailServer(bench().db.reader, { SMTP_SERVER, SMTP_FROM: 'V <v@example.org>', ...more });
      return [server?.perMinute, server?.connections];
    };
    const known = {
      'smtp.gmail.com': [20, 2],
      'smtp.office365.com': [30, 3],
      'SSL0.OVH.net': [3, 1],
      'smtp-relay.brevo.com': [120, 4],
      'in-v3.mailjet.com': [120, 4],
      'mail.infomaniak.com': [20, 2],
      'smtp.gmail.com.example.org': [60, 2],
      'mail.example.org': [60, 2],
    };
    for (const [name, pace] of Object.entries(known)) expect(await paceOf(name), name).toEqual(pace);
    expect(await paceOf('smtp.gmail.com', { SMTP_RATE: '7', SMTP_CONNECTIONS: '1' })).toEqual([7, 1]);
    const named = { SMTP_SERVER: 'mail.example.org', SMTP_FROM: '"Élection, 2026" <v@example.org>' };
    expect(await readMailServer(bench().db.reader, named)).toMatchObject({
      from: 'v@example.org',
      fromName: 'Élection, 2026',
    });
    await save('SMTP_RATE', '9');
    expect(await paceOf('smtp.gmail.com', { SMTP_RATE: '7' })).toEqual([9, 2]);
  });

  test('an empty field that was saved is empty, whatever the environment says', async () => {
    await save('VALID_EMAIL_DOMAINS', '');
    await save('VOTING_START', '');
    const settings = await readSettings(bench().db.reader, given);
    expect([settings.validEmailDomains, settings.suggestedWindow.opensAt]).toEqual([[], undefined]);
  });

  test('set-up saves what is not as the environment says, which goes on deciding the rest', async () => {
    const { db } = bench();
    expect(await isSetUp(db.reader)).toBe(false);
    await db.write((tx) => saveOrganisation(tx, { ...organisation, organisation: 'Amicale' }, given));
    expect(await isSetUp(db.reader)).toBe(true);
    expect(await readOrganisation(db.reader, given)).toEqual({ ...organisation, organisation: 'Amicale' });
    const moved = { ...given, VOTING_URL: 'https://vote.example.org', ASSOCIATION_NAME: 'Amicale 2' };
    expect(await readOrganisation(db.reader, moved)).toEqual({
      ...organisation,
      organisation: 'Amicale 2',
      baseUrl: 'https://vote.example.org',
    });
  });

  test('what the environment no longer says, and nobody has saved, is missing by its name', async () => {
    const { db } = bench();
    expect(await missingSettings(db.reader, {})).toEqual([]);
    await db.write((tx) => saveOrganisation(tx, { ...organisation, organisation: 'Amicale' }, given));
    expect(await missingSettings(db.reader, given)).toEqual([]);
    expect(await missingSettings(db.reader, {})).toEqual(['ASSOCIATION_NAME', 'VOTING_URL']);
  });
});
