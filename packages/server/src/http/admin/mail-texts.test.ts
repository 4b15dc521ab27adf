// The texts of mails as administrators edit them: what is refused and keeps what was typed, what is kept, what goes out.

import { expect, onTestFinished, test } from 'vitest';
import { textOf } from '../../../../../tests/support/answers.ts';
import { anApp } from '../../../../../tests/support/app.ts';
import { admin, anArmedElection, vault } from '../../../../../tests/support/elections.ts';
import { aMailSink } from '../../../../../tests/support/mail-sink.ts';
import { testKeys } from '../../../../../tests/support/verifiable-elections.ts';
import { setCodeChannel } from '../../domain/code-channel.ts';
import { startMailing } from '../../domain/mailings.ts';
import { readOrganisation } from '../../domain/settings.ts';
import { startMailWorker } from '../../mail/worker.ts';

const way = 'Votez : {link}\n\n{code}';
const pathOf = (id: string, kind = 'link', more = '') =>
  `/console/elections/${id}/mails/texts/${kind}?locale=fr${more}`;

async function opened() {
  const at = await anApp();
  const { id } = await anArmedElection(at.db, { voters: 1 });
  const browser = await at.admin();
  const saved = () =>
    at.db.reader.selectFrom('mail_texts').select(['version', 'subject', 'body']).orderBy('version').execute();
  const save = (body: string, subject = 'Objet', kind?: string) =>
    browser.post(pathOf(id, kind), { act: 'save', subject, body });
  return { at, id, browser, saved, save };
}

/** What stands in the form. */
const typedIn = (page: string) => ({
  subject: /<input[^>]*id="subject"[^>]*value="([^"]*)"|value="([^"]*)"[^>]*id="subject"/
    .exec(page)
    ?.slice(1)
    .find(Boolean),
  body: /<textarea[^>]*id="body"[^>]*>\n?([^<]*)</.exec(page)?.[1],
});

test('a text without its link or its code, or with a name that is not on the list, is not saved; a sentence says which', async () => {
  const { at, id, saved, save } = await opened();
  const refusals = [
    ['link', 'Votez, {code}', 'Objet', /must contain \{link\}/],
    ['link', 'Votez : {link}', 'Objet', /must contain \{code\}/],
    ['reminder', 'Votez !', 'Objet', /must contain \{link\}/],
    ['link', `${way} {prenom} {password}`, 'Objet', /no such placeholder here: \{prenom\}, \{password\}/],
    ['invitation', 'Bonjour {first_name}, {link}', 'Objet', /no such placeholder here: \{link\}/],
    ['code', '{code} {key}', 'Objet', /no such placeholder here: \{key\}/],
    ['link', way, '{first_name} {code}', /no such placeholder here: \{code\}/],
  ] as const;
  for (const [kind, body, subject, sentence] of refusals) {
    const answer = await save(body, subject, kind);
    const page = await answer.text();
    expect(answer.status, body).toBe(400);
    expect(textOf(page), body).toMatch(sentence);
    expect(typedIn(page)).toEqual({ subject, body });
  }
  expect(await saved()).toEqual([]);
  await setCodeChannel(at.db, admin, id, 'own-mail');
  expect((await save('Votez : {link}')).status).toBe(303);
  expect((await save('Sans le code.', 'Objet', 'code')).status).toBe(400);
});

test('every version stays, and an earlier one, looked at and saved, is what goes out', async () => {
  const { at, id, browser, saved, save } = await opened();
  for (const version of ['Un', 'Deux', 'Trois']) expect((await save(`${version}\n\n${way}`, version)).status).toBe(303);
  const page = async (more = '') => (await browser.get(pathOf(id, 'link', more))).text();
  const newest = await page();
  expect(typedIn(newest).subject).toBe('Trois');
  expect([...newest.matchAll(/version=(\d)/g)].map(([, version]) => version)).toEqual(['2', '1']);
  const first = await page('&version=1');
  expect(typedIn(first)).toEqual({ subject: 'Un', body: `Un\n\n${way}` });
  expect(textOf(first)).toMatch(/This is version 1, saved on .+ Mails still say the newest one/);
  expect((await saved()).map(({ subject }) => subject)).toEqual(['Un', 'Deux', 'Trois']); // looking changes nothing
  for (const nonsense of ['&version=9', '&version=x']) expect(typedIn(await page(nonsense)).subject).toBe('Trois');
  const { subject = '', body = '' } = typedIn(first);
  expect((await save(body, subject)).status).toBe(303);
  expect((await browser.post(pathOf(id, 'invitation'), { act: 'default' })).status).toBe(303);
  expect((await saved()).filter(({ body: text }) => text.includes('{link}')).map((row) => row.subject)).toEqual([
    'Un',
    'Deux',
    'Trois',
    'Un',
  ]);
  expect(await letterOf(at, id)).toMatchObject({ subject: 'Un', text: expect.stringContaining('Un\n\nVotez : http') });
});

/** What the only voter gets, who reads French. */
async function letterOf(at: Awaited<ReturnType<typeof opened>>['at'], id: string) {
  const { db } = at;
  await db.write((tx) => tx.updateTable('voters').set({ language: 'fr' }).execute());
  const sink = await aMailSink();
  onTestFinished(() => sink.close());
  const from = { from: 'no-reply@example.org', replyTo: '', username: '', password: '', returnAddress: '' };
  const settings = { ...from, host: '127.0.0.1', port: sink.port, verifyTls: true, dkimSelector: '', connections: 1 };
  const worker = startMailWorker({
    db,
    vault,
    credentialKeys: testKeys,
    log: { info: () => {}, error: () => {} },
    organisation: () => readOrganisation(db.reader, {}),
    settings: () => Promise.resolve({ ...settings, perMinute: 1000 }),
  });
  onTestFinished(() => worker.stop());
  const started = await startMailing(db, admin, { electionId: id, kind: 'link' }, { secure: true, mailReady: true });
  expect(started).toMatchObject({ ok: true });
  await expect.poll(() => sink.taken.length, { timeout: 10_000 }).toBe(1);
  return (await sink.mailsTo('alice0@example.org'))[0]!;
}

test('a preview shows what is typed, saved or not, on each paper, and gives no way in', async () => {
  const { id, browser, saved } = await opened();
  const typed = { act: 'preview', subject: 'Bonjour {first_name}', body: `Le vote\nferme.\n\n${way}` };
  const shown = async (paper: string) => {
    const answer = await browser.post(`${pathOf(id)}&paper=${paper}`, typed);
    expect(answer.status).toBe(200);
    const page = await answer.text();
    expect(typedIn(page)).toEqual({ subject: typed.subject, body: typed.body });
    return /<article class="letter[\s\S]*?<\/article>/.exec(page)![0];
  };
  for (const paper of ['phone', 'desktop', 'dark', 'text']) {
    const letter = await shown(paper);
    expect(letter).toContain(`class="letter letter--${paper}" lang="fr"`);
    expect(textOf(letter)).toMatch(/Bonjour Alice .* Amicale des Jonquilles Le vote ferme\. .*\/vote\/•{8}-.*••••/);
    expect(letter).not.toMatch(/href=|<form/);
  }
  expect(await shown('text')).toContain('<pre class="letter-plain">Amicale des Jonquilles\n\nLe vote\nferme.\n\nVotez');
  expect(await saved()).toEqual([]);
});

test('observers read the text and its versions, and have nothing to press', async () => {
  const { at, id, save } = await opened();
  for (const version of ['Un', 'Deux']) await save(`${version}\n\n${way}`, version);
  const observer = await at.as('observer');
  const page = await (await observer.get(pathOf(id))).text();
  expect(typedIn(page).subject).toBe('Deux');
  expect(page).toContain('version=1');
  expect(page).not.toMatch(/name="act"|formaction/);
  const overview = await (await observer.get(`/console/elections/${id}/mails`)).text();
  expect(overview).not.toMatch(/mails\/send\/|name="channel"/);
});
