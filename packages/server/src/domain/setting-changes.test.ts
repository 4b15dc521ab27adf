import { afterEach, expect, test } from 'vitest';
import { onBothDatabases, type TestBench } from '../../../../tests/support/databases.ts';
import { admin, anArmedElection, anElection, hour, vault } from '../../../../tests/support/elections.ts';
import { readMailboxSettings, readSmtpSettings } from '../mail/settings.ts';
import { listSettings, saveSetting } from '../storage/settings.ts';
import { findElection } from '../storage/elections.ts';
import { changeSettings, type Wishes } from './setting-changes.ts';
import type { Given } from './setting-list.ts';
import { readSettingStates } from './setting-states.ts';
import { readSettings } from './settings.ts';

const text = (typed: string) => ({ kind: 'text', text: typed }) as const;
const environment = { kind: 'environment' } as const;
const none = { kind: 'none' } as const;

const ours: Given = {
  SMTP_SERVER: 'smtp.ours.example',
  SMTP_FROM: 'votes@ours.example',
  SMTP_USERNAME: 'votes',
  SMTP_PASSWORD: 'from the environment',
};

onBothDatabases((bench) => {
  afterEach(() => bench().db.write(async (tx) => void (await tx.deleteFrom('settings').execute())));

  const change = (wishes: Wishes, given: Given = {}, draft?: string) =>
    changeSettings(bench().db, vault, admin, { wishes, given, draft });
  const rows = async () =>
    Object.fromEntries((await listSettings(bench().db.reader)).map(({ name, value }) => [name, value]));
  const state = async (name: string, given: Given = {}) =>
    (await readSettingStates(bench().db.reader, given)).find((found) => found.name === name);
  const entries = async ({ db }: TestBench) =>
    db.reader
      .selectFrom('audit_log')
      .select(['actor', 'action', 'details', 'election_id'])
      .orderBy('position')
      .execute();

  test('what is saved wins, and the way back leads to what the environment says', async () => {
    const given = { PROMOTION_LIST: 'E1,E2' };
    expect(await state('PROMOTION_LIST', given)).toMatchObject({ source: 'environment', text: 'E1,E2' });
    expect(await change({ PROMOTION_LIST: text('M1') }, given)).toEqual({ ok: true, changed: ['PROMOTION_LIST'] });
    expect(await state('PROMOTION_LIST', given)).toMatchObject({ source: 'saved', text: 'M1', given: 'E1,E2' });
    expect(await change({ PROMOTION_LIST: environment }, given)).toMatchObject({ changed: ['PROMOTION_LIST'] });
    expect(await state('PROMOTION_LIST', given)).toMatchObject({ source: 'environment', text: 'E1,E2' });
    expect(await rows()).toEqual({});
  });

  test('a text that the environment says too is not saved, so that it goes on deciding', async () => {
    const given = { SMTP_VERIFY_SSL: 'yes', VOTING_URL: 'https://a.example/vote' };
    await change({ SMTP_VERIFY_SSL: text('False'), VOTING_URL: text('https://b.example') }, given);
    await change({ SMTP_VERIFY_SSL: text('True'), VOTING_URL: text('https://a.example') }, given);
    expect(await rows()).toEqual({});
  });

  test('an empty field is none where the environment says something, and nothing to keep where it says nothing', async () => {
    await change({ VALID_EMAIL_DOMAINS: text('') }, { VALID_EMAIL_DOMAINS: 'a.fr' });
    expect(await rows()).toEqual({ 'setting.VALID_EMAIL_DOMAINS': '' });
    expect((await readSettings(bench().db.reader, { VALID_EMAIL_DOMAINS: 'a.fr' })).validEmailDomains).toEqual([]);
    await change({ VALID_EMAIL_DOMAINS: text('') });
    expect(await rows()).toEqual({});
  });

  test('several are saved together or not at all, with every problem named', async () => {
    const wishes = {
      SMTP_PORT: text('eighty'),
      CONTACT_NAME: text(''),
      SMTP_RATE: text('0'),
      SMTP_SERVER: text('a.example'),
    };
    expect(await change(wishes)).toEqual({
      ok: false,
      reason: 'settings-wrong',
      problems: { SMTP_PORT: 'wrong', CONTACT_NAME: 'wrong', SMTP_RATE: 'wrong' },
    });
    expect(await rows()).toEqual({});
  });

  test('voting ends after it begins, whichever of the two is in the environment', async () => {
    const given = { VOTING_START: '1779400801' };
    expect(await change({ VOTING_END: text('1779400801') }, given)).toMatchObject({
      problems: { VOTING_END: 'end-before-start' },
    });
    expect(await change({ VOTING_END: text('1779400802') }, given)).toMatchObject({ ok: true });
    expect(await change({ VOTING_START: text('1779400900') }, given)).toMatchObject({
      problems: { VOTING_END: 'end-before-start' },
    });
  });

  test('one entry of the audit log names what was changed, and no value; nothing changed is no entry', async () => {
    const before = (await entries(bench())).length;
    const wishes = {
      SMTP_USERNAME: text('votes'),
      SMTP_PASSWORD: text('hunter2'),
      SMTP_SERVER: text('smtp.ours.example'),
    };
    await change(wishes);
    await change({ SMTP_SERVER: text('smtp.ours.example') });
    await change({ GOOGLE_CLIENT_SECRET: environment });
    expect((await entries(bench())).slice(before)).toEqual([
      {
        actor: admin.accountId,
        action: 'settings-changed',
        details: '{"settings":"SMTP_USERNAME, SMTP_PASSWORD, SMTP_SERVER"}',
        election_id: null,
      },
    ]);
  });

  test('a secret is sealed at rest, opened for the mail server only, and shown by nothing', async () => {
    const server = { SMTP_SERVER: text('smtp.ours.example'), SMTP_FROM: text('votes@ours.example') };
    await change({ ...server, SMTP_USERNAME: text('votes'), SMTP_PASSWORD: text('hunter2') });
    expect(JSON.stringify(await rows())).not.toContain('hunter2');
    expect(await readSmtpSettings(bench().db.reader, vault, {})).toMatchObject({ password: 'hunter2' });
    expect(await state('SMTP_PASSWORD')).toEqual({ name: 'SMTP_PASSWORD', isSet: true, text: '', source: 'saved' });
    expect(await state('SMTP_PASSWORD', ours)).toMatchObject({ given: '' });
    expect(JSON.stringify(await readSettingStates(bench().db.reader, ours))).not.toContain('from the environment');
    await change({ SMTP_PASSWORD: none });
    expect(await readSmtpSettings(bench().db.reader, vault, {})).toMatchObject({ password: '' });
  });

  test('no password at all can be chosen against the environment', async () => {
    await change({ SMTP_PASSWORD: none, SMTP_USERNAME: text('') }, ours);
    const settings = await readSmtpSettings(bench().db.reader, vault, ours);
    expect(settings).toMatchObject({ username: '', password: '' });
    expect(await change({ SMTP_PASSWORD: environment }, ours)).toMatchObject({
      problems: { SMTP_USERNAME: 'password-without-user' },
    });
  });

  test('a password does not follow to another mail server, nor to one whose certificate nobody checks', async () => {
    const astray = { ok: false, problems: { SMTP_PASSWORD: 'password-again' } };
    const theirs = text('smtp.theirs.example');
    expect(await change({ SMTP_SERVER: theirs }, ours)).toMatchObject(astray);
    expect(await change({ SMTP_VERIFY_SSL: text('False') }, ours)).toMatchObject(astray);
    expect(await change({ SMTP_SERVER: theirs, SMTP_PASSWORD: none }, ours)).toMatchObject({ ok: true });
    expect(await change({ SMTP_PASSWORD: environment }, ours)).toMatchObject(astray);
    expect(await change({ SMTP_SERVER: environment, SMTP_PASSWORD: environment }, ours)).toMatchObject({ ok: true });
    expect(await change({ SMTP_PASSWORD: text('hunter2') }, ours)).toMatchObject({ ok: true });
    expect(await change({ SMTP_SERVER: theirs }, ours)).toMatchObject(astray);
    expect(await change({ SMTP_SERVER: theirs, SMTP_PASSWORD: text('hunter2') }, ours)).toMatchObject({ ok: true });
    expect(await change({ SMTP_SERVER: environment }, ours)).toMatchObject(astray);
    expect(await change({ SMTP_PORT: text('587'), SMTP_RATE: text('20') }, ours)).toMatchObject({ ok: true });
  });

  test('the password of the mailbox for returned mails does not follow to another server either', async () => {
    const mailbox = { IMAP_SERVER: text('imap.ours.example'), IMAP_USERNAME: text('votes') };
    expect(await change({ ...mailbox, IMAP_PASSWORD: text('hunter3') }, ours)).toMatchObject({ ok: true });
    const astray = { ok: false, problems: { IMAP_PASSWORD: 'password-again' } };
    const theirs = text('imap.theirs.example');
    expect(await change({ IMAP_SERVER: theirs }, ours)).toMatchObject(astray);
    expect(await change({ IMAP_VERIFY_SSL: text('False') }, ours)).toMatchObject(astray);
    expect(await change({ IMAP_USERNAME: text('') }, ours)).toMatchObject({
      problems: { IMAP_USERNAME: 'password-without-user' },
    });
    expect(await change({ IMAP_SERVER: theirs, IMAP_PASSWORD: text('hunter3') }, ours)).toMatchObject({ ok: true });
    const read = await readMailboxSettings(bench().db.reader, vault, ours);
    expect(read).toMatchObject({ host: 'imap.theirs.example', port: 993, username: 'votes', password: 'hunter3' });
  });

  test('a draft takes the window along, an armed election refuses it, and half a window moves nothing', async () => {
    const { db } = bench();
    const id = await anElection(db, { voters: 0 });
    const { opens_at, closes_at } = (await findElection(db.reader, id))!;
    expect(await change({ VOTING_START: text('1900000000') }, {}, id)).toMatchObject({ ok: true });
    expect(await findElection(db.reader, id)).toMatchObject({ opens_at, closes_at });
    const before = (await entries(bench())).length;
    expect(await change({ VOTING_END: text('1900003600') }, {}, id)).toMatchObject({ ok: true });
    expect(await findElection(db.reader, id)).toMatchObject({ opens_at: 19e11, closes_at: 19e11 + hour });
    const written = (await entries(bench())).slice(before);
    expect(written.map(({ action, election_id }) => [action, election_id])).toEqual([
      ['election-edited', id],
      ['settings-changed', null],
    ]);
    const armed = await anArmedElection(db);
    const late = await change({ VOTING_END: text('1900007200') }, {}, armed.id);
    expect([late, await rows()]).toMatchObject([{ reason: 'election-armed' }, { 'setting.VOTING_END': '1900003600' }]);
    expect(await change({ VOTING_END: text('1900007200') }, {}, crypto.randomUUID())).toMatchObject({
      reason: 'unknown-election',
    });
  });

  test('of two at once that are only wrong together, one is refused', async () => {
    const { db, another } = bench();
    await db.write((tx) => saveSetting(tx, 'set-up', 'done'));
    await change({ VOTING_START: text('1900000000'), VOTING_END: text('1900009000') });
    const other = await another();
    const both = await Promise.all([
      changeSettings(db, vault, admin, { wishes: { VOTING_START: text('1900008000') }, given: {} }),
      changeSettings(other, vault, admin, { wishes: { VOTING_END: text('1900001000') }, given: {} }),
    ]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  });
});
