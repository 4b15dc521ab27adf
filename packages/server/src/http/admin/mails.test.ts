// The pages of mails: who gets one, what the domain still lacks, and one voter's mails.

import { expect, test } from 'vitest';
import { textOf } from '../../../../../tests/support/answers.ts';
import { anApp } from '../../../../../tests/support/app.ts';
import { anArmedElection, anElection } from '../../../../../tests/support/elections.ts';
import { listDeliveriesOfVoter } from '../../domain/mailings.ts';
import { listVoters } from '../../storage/voters.ts';

const smtp = {
  host: 'smtp.gmail.com',
  port: 465,
  username: '',
  password: '',
  from: 'no-reply@votes.example.org',
  replyTo: '',
  verifyTls: true,
  perMinute: 20,
  connections: 1,
  dkimSelector: '',
  returnAddress: '',
};
const page = { limit: 10, offset: 0 };

test('the domain is looked up when somebody asks, not before', async () => {
  const asked: string[] = [];
  const dns = {
    resolveTxt: (name: string) => {
      asked.push(name);
      return Promise.resolve(name === 'votes.example.org' ? [['v=spf1 include:_spf.google.com ~all']] : []);
    },
    resolveMx: () => Promise.resolve([{ exchange: 'mx.example.org', priority: 10 }]),
  };
  const at = await anApp({ smtp, dns });
  const { id } = await anArmedElection(at.db);
  const admin = await at.admin();
  const before = await (await admin.get(`/console/elections/${id}/mails`)).text();
  expect(before).toContain('votes.example.org');
  expect(asked).toEqual([]);
  const after = await (await admin.get(`/console/elections/${id}/mails?arrival=yes`)).text();
  expect(asked).toContain('google._domainkey.votes.example.org');
  expect(after).toContain('The domain says who may send for it.');
  expect(after).toContain('v=DMARC1; p=none; rua=mailto:claire@example.org');
});

test('the dry run shows the mails of the first three, each as its own voter will get it, with no way in', async () => {
  const at = await anApp({ smtp });
  const { id, voters } = await anArmedElection(at.db, { voters: 5 });
  const names = ['Ada', 'Blaise', 'Chloé', 'Denis', 'Emmy'];
  await at.db.write(async (tx) => {
    for (const [n, voter] of voters
      .map(({ id: voterId }) => voterId)
      .toSorted()
      .entries())
      await tx
        .updateTable('voters')
        .set({ first_name: names[n]!, language: n === 1 ? 'fr' : '' })
        .where('id', '=', voter)
        .execute();
  });
  const admin = await at.admin();
  for (const kind of ['link', 'reminder', 'invitation']) {
    const page = await (await admin.get(`/console/elections/${id}/mails/send/${kind}`)).text();
    const shown = [...page.matchAll(/<article class="letter.*?<\/article>/gs)].map(([letter]) => textOf(letter));
    expect(shown).toHaveLength(3);
    expect(page.match(/<strong>Board 2026<\/strong>/g), kind).toHaveLength(3);
    for (const [n, hello] of ['Hello Ada', 'Bonjour Blaise', 'Hello Chloé'].entries())
      expect(shown[n], kind).toMatch(new RegExp(`Board 2026.*From Amicale des Jonquilles.*${hello} Dupont\\d`));
    if (kind !== 'invitation') expect(shown[0]).toMatch(/vote\/•{8}-/);
    for (const { link, key, code } of voters)
      for (const secret of [link, key, key.slice(0, 4), `>${code}<`]) expect(page).not.toContain(secret);
  }
  for (const voter of voters) expect(await listDeliveriesOfVoter(at.db.reader, voter.id)).toEqual([]);
});

test('“see who” opens exactly those whose address does not exist, as many as are told of', async () => {
  const at = await anApp({ smtp });
  const { id } = await anArmedElection(at.db, { voters: 6 });
  const browser = await at.admin();
  const causes = ['no-such-address', 'mailbox-full', 'no-such-address', 'blocked', '', 'no-such-address'];
  expect((await browser.post(`/console/elections/${id}/mails/send/link`)).status).toBe(303);
  const voters = await listVoters(at.db.reader, id, page);
  await at.db.write(async (tx) => {
    for (const { id: voter, last_name: name } of voters) {
      const cause = causes[Number(name.at(-1))]!;
      const status = cause === '' ? 'accepted' : 'rejected';
      await tx.updateTable('deliveries').set({ status, cause }).where('voter_id', '=', voter).execute();
    }
    await tx.updateTable('mailings').set({ state: 'finished' }).execute();
    // Whose address does not exist and who has voted all the same needs no mail any more.
    const gone = voters.find(({ last_name: name }) => name === 'Dupont5')!.id;
    await tx.insertInto('signatures').values({ election_id: id, voter_id: gone, signed_on: '2026-03-14' }).execute();
  });
  const mailing = await at.db.reader.selectFrom('mailings').select('id').executeTakeFirstOrThrow();
  for (const place of ['mails', `mails/${mailing.id}`, 'mails/send/link']) {
    const told = await (await browser.get(`/console/elections/${id}/${place}`)).text();
    expect(told, place).toContain('2 voters get no mail: their addresses do not exist');
    const [, query] = /\/voters(\?[^"]*)">See who/.exec(told) ?? [];
    const roll = await (await browser.get(`/console/elections/${id}/voters${query?.replaceAll('&amp;', '&')}`)).text();
    const names = [...roll.matchAll(/<th scope="row"><a[^>]*>(Dupont\d)/g)].map(([, name]) => name);
    expect(names, place).toEqual(['Dupont0', 'Dupont2']);
    expect(roll).toMatch(/<option\s+value="dead" selected>Address does not exist/);
  }
});

test('a part of the roll: the dry run counts it, and exactly they are sent to', async () => {
  const at = await anApp({ smtp });
  const { id } = await anArmedElection(at.db, { voters: 7 });
  const admin = await at.admin();
  const address = `/console/elections/${id}/mails/send/link?inPromotion=E0`;
  const shown = await (await admin.get(address)).text();
  expect(shown).toContain('3 mails will go out');
  expect(shown).toContain(`action="${address}"`);
  expect((await admin.post(address)).status).toBe(303);
  const voters = await listVoters(at.db.reader, id, page);
  for (const { id: voter, promotion } of voters)
    expect(await listDeliveriesOfVoter(at.db.reader, voter)).toHaveLength(promotion === 'E0' ? 1 : 0);
  const none = await (await admin.get(address)).text();
  expect(none).toContain('None of those you chose is waiting');
  expect(none).not.toContain('Send one mail');
  expect((await admin.post(address)).status).toBe(409);
});

test('the language of a voter’s mails is chosen in their form, and another one is refused', async () => {
  const at = await anApp({ smtp });
  const id = await anElection(at.db, { voters: 1 });
  const admin = await at.admin();
  const list = `/console/elections/${id}/voters`;
  const fields = { lastName: 'Noether', firstName: 'Emmy', email: 'emmy@example.org', promotion: '', building: '' };
  expect(await (await admin.get(list)).text()).toContain('The organisation’s (English)');
  const refused = await admin.post(list, { ...fields, language: 'tlh' });
  expect([refused.status, await refused.text()]).toEqual([
    400,
    expect.stringContaining('Choose one of the languages.'),
  ]);
  expect((await admin.post(list, { ...fields, language: 'fr' })).status).toBe(303);
  const [emmy] = (await listVoters(at.db.reader, id, { limit: 9, offset: 0 })).filter(
    (row) => row.first_name === 'Emmy',
  );
  expect(emmy!.language).toBe('fr');
  const page = await (await admin.get(`${list}/${emmy!.id}`)).text();
  expect(page).toMatch(/Language of mails<\/dt>\s*<dd>French/);
  expect((await admin.post(`${list}/${emmy!.id}`, { ...fields, language: '', reason: '' })).status).toBe(303);
  expect((await listVoters(at.db.reader, id, { limit: 9, offset: 0 })).map((row) => row.language)).toEqual(['', '']);
});

test('how far a mailing is can be followed: numbers, an estimate at the pace in force, what came in between', async () => {
  const at = await anApp({ smtp });
  const { id } = await anArmedElection(at.db, { voters: 50 });
  const browser = await at.admin();
  const sent = await browser.post(`/console/elections/${id}/mails/send/link`);
  const path = sent.headers.get('location')!.replace(/\?.*/, '');
  const follow = async () =>
    (await browser.get(path.replace('/console', '/api').replace('/mails/', '/mailings/'))).json();
  const told = { progress: '0 of 50', remaining: 'about 3 minutes to go', queued: '50' };
  expect(await follow()).toMatchObject({ state: 'running', why: '', done: 0, total: 50, texts: told });
  const shown = textOf(await (await browser.get(path)).text());
  for (const words of ['0 of 50', 'about 3 minutes to go', 'You can leave this page']) expect(shown).toContain(words);
  const rows = await at.db.reader.selectFrom('deliveries').select('id').orderBy('id').execute();
  const become = (status: 'accepted' | 'rejected' | 'deferred', from: number, to: number) =>
    at.db.write(async (tx) => {
      const ids = rows.slice(from, to).map((row) => row.id);
      await tx.updateTable('deliveries').set({ status }).where('id', 'in', ids).execute();
    });
  await become('accepted', 0, 30);
  await become('rejected', 30, 32);
  await become('deferred', 32, 35);
  const later = { progress: '32 of 50', remaining: 'less than a minute to go', queued: '15', deferred: '3' };
  expect(await follow()).toMatchObject({ done: 32, texts: { ...later, accepted: '30', rejected: '2' } });
  expect((await browser.post(`${path}/pause`)).status).toBe(303);
  expect(await follow()).toMatchObject({ state: 'paused', texts: { remaining: '' } });
  const paused = await (await browser.get(path)).text();
  expect(paused).toMatch(/Paused[\s\S]*action="[^"]*\/resume"[\s\S]*action="[^"]*\/cancel"/);
  expect(paused).not.toContain('data-watch="');
});

test('late voters are one press away, even while the others still wait', async () => {
  const at = await anApp({ smtp });
  const { id, voters } = await anArmedElection(at.db, { voters: 3 });
  const admin = await at.admin();
  await admin.post(`/console/elections/${id}/mails/send/link?inPromotion=E0`);
  const overview = await (await admin.get(`/console/elections/${id}/mails`)).text();
  expect(overview).toContain('Send to 2 voters who came later');
  const sent = await admin.post(`/console/elections/${id}/mails/send/link?late=yes`);
  expect(sent.status).toBe(303);
  for (const { id: voter } of voters) expect(await listDeliveriesOfVoter(at.db.reader, voter)).toHaveLength(1);
  expect((await admin.post(`/console/elections/${id}/mails/send/link?late=yes`)).status).toBe(409);
});

test('a technician sends one voter their link, and nothing else; correcting an address takes the password', async () => {
  const at = await anApp({ smtp });
  const { id, voters } = await anArmedElection(at.db);
  const voter = voters[1]!.id;
  const technician = await at.as('technician');
  const path = `/console/elections/${id}/voters/${voter}`;
  expect((await technician.get(`${path}/mail/reminder`)).status).toBe(403);
  expect((await technician.post(`${path}/mail/reminder`)).status).toBe(403);
  const shown = await (await technician.get(`${path}/mail/link`)).text();
  expect(shown).toContain('Send one mail');
  for (const secret of [voters[1]!.link, voters[1]!.key, voters[1]!.code]) expect(shown).not.toContain(secret);
  expect((await technician.post(`${path}/mail/link`)).status).toBe(303);
  expect((await technician.post(`${path}/mail/link`)).status).toBe(409);
  const fields = { lastName: 'Dupont1', firstName: 'Alice', promotion: 'E1', building: 'Perrault' };
  const change = { ...fields, email: 'mine@example.org', reason: 'A typing mistake.' };
  expect((await (await at.unconfirmedAdmin()).post(path, change)).status).toBe(401);
  const corrected = await (await at.admin()).post(path, change);
  expect(corrected.headers.get('location')).toContain('done=saved'); // it only waited, and goes to the new address
});
