// Two elections that are alike in everything but what was voted for: until the box is opened, nobody can tell one from the
// other by any page, file or answer, administrators neither. Whatever counted for a candidate before would differ here.

import { expect, test } from 'vitest';
import { anApp, oneDatabase, type TestApp } from '../../../../tests/support/app.ts';
import { caster } from '../../../../tests/support/casts.ts';
import { admin, anArmedElection, type ArmedElection } from '../../../../tests/support/elections.ts';
import { theDeliberation } from '../../../../tests/support/phases.ts';
import { allRoutes } from '../../../../tests/support/routes/all.ts';
import { nobodys } from '../../../../tests/support/routes/world.ts';
import { sealBox } from '../domain/boxes.ts';
import { recordDeliberation } from '../domain/deliberations.ts';
import { listCandidates } from '../storage/candidates.ts';
import { updateElection } from '../storage/elections.ts';

const bench = oneDatabase();
const voters = 9;
type Twins = readonly [ArmedElection, ArmedElection];

/** Seven vote: in one for Ada, in the other for Blaise, and two of them blank. */
const choices = [Array.from({ length: 7 }, () => [0]), [[1], [1], [1], [], [1], [], [1]]] as const;

async function makeTwins(at: TestApp): Promise<Twins> {
  const twins = [await anArmedElection(at.db, { voters }), await anArmedElection(at.db, { voters })] as const;
  const now = await at.db.now();
  const times = { created_at: now, armed_at: now, opens_at: now - 3_600_000, closes_at: now + 3_600_000 };
  const [cast, entries] = [caster(at.db), () => at.db.reader.selectFrom('audit_log').selectAll().execute()];
  for (const [which, election] of twins.entries()) {
    await at.db.write((tx) => updateElection(tx, election.id, times));
    const before = await entries();
    for (const [index, choice] of choices[which]!.entries()) {
      const answer = await cast(election.voters[index]!, (await election.seal(choice)).ballot);
      if (!answer.ok) throw new Error(answer.reason);
    }
    expect(await entries()).toEqual(before);
  }
  return twins;
}

/** The entries of the audit log have numbers of the whole instance; what a cast writes there is nothing. */
const isNumbered = (route: string): boolean => /\/log(?:\.\w+)?$/.test(route);

/** Every route that reads something, with its address for this twin where it has one. */
async function addressesOf(at: TestApp, election: ArmedElection): Promise<(readonly [string, string])[]> {
  const [candidate] = await listCandidates(at.db.reader, election.id);
  const values: Readonly<Record<string, string>> = {
    ':id': election.id,
    ':election': election.id,
    ':candidate': candidate!.id,
    ':contest': candidate!.contest_id,
    ':voter': election.voters[0]!.id,
    ':link': election.voters[8]!.link,
  };
  const address = (route: string) =>
    route.slice(4).replace(/:\w+(?:\{[^/]*\})?/g, (name) => values[name.replace(/\{.*/, '')] ?? nobodys);
  return Object.keys(allRoutes)
    .filter((route) => /^GET .*:(?:id|election|link|voter)\b/.test(route) && !isNumbered(route))
    .map((route) => [route, address(route)] as const);
}

/** What tells two elections apart in any case: ids, links, codes, what is sealed, receipts, times, the place in the audit log. */
function withoutNames(text: string): string {
  return text
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, 'ID')
    .replace(/eyJ[\w-]+(?:\.[\w-]*){4}/g, 'BALLOT')
    .replace(/\b(?:[0-9a-f]{4}[\s\u00A0]?){16}/g, 'HASH ')
    .replace(/[\w-]{20,}={0,2}/g, 'SEALED') // before some of its letters look like a key
    .replace(/(?<![\w-])(?:[0-9A-HJKMNP-TV-Z]{4}[\s\u00A0-]?){4,8}/g, 'RECEIPT ')
    .replace(/<svg\b[^>]*>.*?<\/svg>/gs, 'PICTURE')
    .replace(/\b\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, 'INSTANT')
    .replace(/\b\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?Z?)?\b/g, 'TIME')
    .replace(/\b1[5-9]\d{11}\b/g, 'INSTANT')
    .replace(/data-live-shapes="[^"]*"/, 'SHAPES')
    .replace(/(entry |"position": )\d+/g, '$1NUMBER')
    .replace(/(?<=class="slip-digits">)\s*\d{4}/g, 'CODE')
    .split('\n')
    .toSorted()
    .join('\n');
}

/** What an administrator is answered, by route. */
async function answersAbout(at: TestApp, election: ArmedElection): Promise<Map<string, string>> {
  const [browser, answers] = [await at.admin(), new Map<string, string>()];
  for (const [route, path] of await addressesOf(at, election)) {
    const answer = await browser.get(path);
    const type = answer.headers.get('content-type') ?? '';
    const text = /^(?:text|application\/(?:json|problem))/.test(type) ? withoutNames(await answer.text()) : type;
    answers.set(route, `${answer.status} ${text}`);
  }
  return answers;
}

async function differing(at: TestApp, [one, other]: Twins): Promise<string[]> {
  const [left, right] = [await answersAbout(at, one), await answersAbout(at, other)];
  expect(left.size).toBeGreaterThan(40);
  expect([...left.values()].filter((answer) => answer.startsWith('200')).length).toBeGreaterThan(30);
  return [...left]
    .filter(([path, answer]) => right.get(path) !== answer)
    .map(([path, answer]) => {
      const [lines, others] = [answer.split('\n'), right.get(path)!.split('\n')];
      return `${path}: ${lines.find((line) => !others.includes(line)) ?? others.find((line) => !lines.includes(line))}`;
    });
}

test('what was voted for is in no page, file or answer before the box is opened, and is in them after', async () => {
  const at = await anApp({ bench: bench(), live: { tickMs: 1 } }); // screens are looked up anew for each
  const twins = await makeTwins(at);
  expect(await differing(at, twins)).toEqual([]);
  const closes_at = (await at.db.now()) - 1000;
  for (const { id } of twins) {
    await at.db.write((tx) => updateElection(tx, id, { closes_at }));
    await sealBox(at.db, id);
  }
  expect(await differing(at, twins)).toEqual([]);

  for (const [which, election] of twins.entries()) {
    const { boxHash } = await theDeliberation(at.db, election);
    const [contest] = election.context.definition.contests;
    const counted = which === 0 ? { votes: [7, 0, 0], blank: 0 } : { votes: [0, 5, 0], blank: 2 };
    const tally = { ballots: 7, valid: 7, invalid: 0, contests: [{ contest: contest!.id, ...counted }] };
    const recorded = await recordDeliberation(at.db, admin, election.id, { tally, invalidBallots: [], boxHash });
    expect(recorded).toMatchObject({ ok: true });
  }
  expect((await differing(at, twins)).join('\n')).toContain('GET /console/elections/:id/result:');
});
