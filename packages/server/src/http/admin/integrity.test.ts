import { expect, test } from 'vitest';
import { textOf } from '../../../../../tests/support/answers.ts';
import { anApp } from '../../../../../tests/support/app.ts';
import { onBothDatabases } from '../../../../../tests/support/databases.ts';
import { anElectionIn } from '../../../../../tests/support/phases.ts';
import { page as consolePage } from '../../../../../tests/support/routes/world.ts';

onBothDatabases((bench) => {
  test('while voting is open the panel says whether the numbers agree, and no number', async () => {
    const at = await anApp({ bench: bench() });
    const { id } = await anElectionIn(at.db, 'open');
    const observer = await at.as('observer');
    const read = async () => textOf(await (await observer.get(consolePage(`${id}/integrity`))).text());
    expect(await read()).toContain('Not checked yet.');
    expect((await observer.post(consolePage(`${id}/integrity/check`))).status).toBe(303);
    const panel = await read();
    expect(panel).toMatch(/Ballots, signatures and counted votes The numbers agree\. Last checked \w+ \d+/);
    expect(panel).toContain('Checked as soon as the box is sealed.');
    expect(panel).not.toMatch(/\d+ (?:ballots?|signatures?|votes?)\b/);
  });

  test('a sealed box shows its numbers and its hash', async () => {
    const at = await anApp({ bench: bench() });
    const { id } = await anElectionIn(at.db, 'published');
    const observer = await at.as('observer');
    await observer.post(consolePage(`${id}/integrity/check`));
    const panel = textOf(await (await observer.get(consolePage(`${id}/integrity`))).text());
    expect(panel).toContain('The box is the one that was sealed: every ballot is there, unchanged.');
    expect(panel).toMatch(/Ballots in the box 1 Signatures 1 Fingerprint of the box [0-9a-f]{64}/);
  });

  test('a mismatch is said on every console page of the election, to the public, and in the minutes', async () => {
    const at = await anApp({ bench: bench() });
    const { id } = await anElectionIn(at.db, 'published');
    const admin = await at.admin();
    await at.db.write((tx) => tx.deleteFrom('ballots').where('election_id', '=', id).execute());
    await admin.post(consolePage(`${id}/integrity/check`));
    const steps = [
      '',
      '/details',
      '/candidates',
      '/voters',
      '/arm',
      '/sheets',
      '/result',
      '/minutes',
      '/log',
      '/integrity',
      '/changes',
    ];
    for (const step of steps) {
      const shown = textOf(await (await admin.get(consolePage(id + step))).text());
      expect([step, shown.includes('Something does not agree')]).toEqual([step, true]);
    }
    const seen = textOf(await (await at.visitor().get(`/elections/${id}`)).text());
    expect(seen).toContain('The box is no longer the one that was sealed.');
    const minutes = (await (await at.visitor().get(`/elections/${id}/result.json`)).json()) as {
      incidents: { kind: string }[];
    };
    expect(minutes.incidents.map(({ kind }) => kind)).toEqual(['counts-check-failed', 'box-check-failed']);
  });

  test('a broken audit log is said in the console; the public page is about the box', async () => {
    const at = await anApp({ bench: bench() });
    const { id } = await anElectionIn(at.db, 'published');
    const admin = await at.admin();
    await at.db.write((tx) => tx.updateTable('audit_log').set({ reason: 'x' }).where('position', '=', 1).execute());
    await admin.post(consolePage(`${id}/integrity/check`));
    expect(textOf(await (await admin.get(consolePage(`${id}/result`))).text())).toContain('The audit log was changed');
    expect(textOf(await (await at.visitor().get(`/elections/${id}`)).text())).not.toContain('does not agree');
    await at.db.write((tx) => tx.updateTable('audit_log').set({ reason: '' }).where('position', '=', 1).execute());
    await admin.post('/console/audit/check');
    expect(textOf(await (await admin.get(consolePage(`${id}/result`))).text())).not.toContain(
      'The audit log was changed',
    );
  });
});
