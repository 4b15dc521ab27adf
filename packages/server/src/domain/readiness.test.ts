import { expect, test } from 'vitest';
import type { Election } from './elections.ts';
import { nextTask, readiness, type ReadinessFacts, type Task } from './readiness.ts';

const candidate = { id: 'c', contest_id: 'q', position: 1, name: 'Ada', text: '', logo: null };
const contest = {
  id: 'q',
  election_id: 'e',
  position: 1,
  title: '?',
  min_choices: 1,
  max_choices: 1,
  candidate_order: 'fixed' as const,
  order_seed: '',
  seats: 1,
  blank: 1 as const,
  candidates: [candidate],
};
const draft: Election = {
  id: 'e',
  name: 'Board',
  description: '',
  zone: 'UTC',
  opens_at: 100,
  closes_at: 200,
  minimum_ballots: 5,
  sealing: 'sealed-box' as const,
  created_at: 0,
  armed_at: null,
  definition: null,
  public_key: null,
  fingerprint: null,
  handed_out_at: null,
  sealed_at: null,
  ballot_count: null,
  signature_count: null,
  registered_count: null,
  box_hash: null,
  rewritten_at: null,
  deliberated_at: null,
  tally: null,
  invalid_ballots: null,
  published_at: null,
  quorum: 0,
  tie_rule: 'announce',
  key_shares: null,
  abandoned_at: null,
  archived_at: null,
  purged_at: null,
  rehearsal_of: null,
  code_channel: 'same-mail',
  contests: [contest],
};
const armed: Election = { ...draft, armed_at: 1, definition: '{}', public_key: 'k', fingerprint: 'f' };
const closed: Election = { ...armed, sealed_at: 200, rewritten_at: 201, ballot_count: 5, signature_count: 5 };
const facts: ReadinessFacts = {
  voters: 10,
  placed: 0,
  now: 50,
  secure: true,
  mailTried: false,
  linksSent: false,
  rehearsal: 'none',
};

const next = (tasks: readonly Task[]) => nextTask(tasks, 'admin')?.id;
const taskOf = (tasks: readonly Task[], id: Task['id']) => tasks.find((task) => task.id === id);
const why = (tasks: readonly Task[], id: Task['id']) => taskOf(tasks, id)?.why;

test('each stage of an election has its one next step', () => {
  const stages: [Election, Partial<ReadinessFacts>, Task['id'] | undefined][] = [
    [{ ...draft, contests: [{ ...contest, candidates: [] }] }, {}, 'candidates'],
    [draft, { voters: 0 }, 'voters'],
    [draft, { voters: 3 }, 'voters'],
    [draft, { now: 300 }, 'details'],
    [draft, {}, 'arm'],
    [armed, {}, 'links'],
    [armed, { linksSent: true }, 'open'],
    [armed, { now: 150 }, 'links'],
    [armed, { now: 150, linksSent: true }, 'watch'],
    [{ ...closed, rewritten_at: null }, { now: 300 }, 'deliberate'],
    [{ ...closed, ballot_count: 4 }, { now: 300 }, 'deliberate'],
    [closed, { now: 300 }, 'deliberate'],
    [{ ...closed, deliberated_at: 310 }, { now: 320 }, 'publish'],
    [{ ...closed, deliberated_at: 310, published_at: 320 }, { now: 330 }, undefined],
    [draft, { secure: false }, 'arm'],
    [{ ...armed, abandoned_at: 60 }, {}, undefined],
  ];
  expect(stages.map(([election, change]) => next(readiness(election, { ...facts, ...change })))).toEqual(
    stages.map(([, , expected]) => expected),
  );
});

test('the steps stand in the order in which they are taken', () => {
  const ids = (election: Election, more: Partial<ReadinessFacts> = {}) =>
    readiness(election, { ...facts, ...more }).map(({ id }) => id);
  const before = ['details', 'candidates', 'buildings', 'voters', 'mails'];
  const after = ['rehearsal', 'arm', 'links', 'open', 'watch', 'close', 'deliberate', 'publish'];
  expect(ids(draft)).toEqual([...before, ...after]);
  expect(ids(draft, { key: 'no-trustees' })).toEqual([...before, 'trustees', ...after]);
  expect(ids({ ...draft, rehearsal_of: 'real' })).toEqual([...before, ...after.slice(1)]);
});

test('what cannot start yet says why', () => {
  expect(why(readiness(draft, { ...facts, voters: 0 }), 'arm')).toBe('no-voters');
  expect(why(readiness(draft, { ...facts, voters: 3 }), 'arm')).toBe('roll-too-small');
  expect(why(readiness(draft, facts), 'links')).toBe('not-armed');
  expect(why(readiness(armed, facts), 'open')).toBe('not-yet-open');
  expect(why(readiness(armed, facts), 'watch')).toBe('not-yet-open');
  expect(why(readiness(armed, facts), 'close')).toBe('still-open');
  expect(why(readiness(armed, { ...facts, now: 150 }), 'close')).toBe('still-open');
  expect(why(readiness({ ...closed, rewritten_at: null }, { ...facts, now: 300 }), 'deliberate')).toBe('being-sealed');
  expect(why(readiness({ ...closed, ballot_count: 4 }, { ...facts, now: 300 }), 'deliberate')).toBe('below-minimum');
  expect(why(readiness(closed, { ...facts, now: 300 }), 'publish')).toBe('not-deliberated');
});

test('nobody is kept waiting by what is optional, and what was left out says so once it is too late', () => {
  const states = (election: Election, more: Partial<ReadinessFacts> = {}) =>
    (['buildings', 'mails'] as const).map((id) => {
      const { state, why: because, optional } = taskOf(readiness(election, { ...facts, ...more }), id)!;
      return [optional, because ?? state];
    });
  const all = (...said: string[]) => said.map((each) => [true, each]);
  expect(states(draft)).toEqual(all('todo', 'todo'));
  expect(next(readiness(draft, facts))).toBe('arm');
  expect(states(draft, { placed: 1, mailTried: true })).toEqual(all('completed', 'completed'));
  expect(states(armed)).toEqual(all('left-out', 'todo'));
  expect(states(closed, { now: 300 })).toEqual(all('left-out', 'left-out'));
  expect(states(closed, { now: 300, mailTried: true })).toEqual(all('left-out', 'completed'));
});

test('a rehearsal is there to be made until the election is armed, and to be finished after it', () => {
  const said = (election: Election, rehearsal: ReadinessFacts['rehearsal']) => {
    const { state, why: because, optional } = taskOf(readiness(election, { ...facts, rehearsal }), 'rehearsal')!;
    return [optional, because ?? state];
  };
  expect([said(draft, 'none'), said(draft, 'finished')]).toEqual([
    [true, 'todo'],
    [true, 'completed'],
  ]);
  expect((['none', 'running', 'finished'] as const).map((state) => said(armed, state)[1])).toEqual([
    'left-out',
    'todo',
    'completed',
  ]);
});

test('the next step is one that the account may take, where there is one', () => {
  const empty = { ...draft, contests: [{ ...contest, candidates: [] }] };
  const late = readiness(empty, { ...facts, now: 300 });
  expect(nextTask(late, 'admin')?.id).toBe('details');
  expect(nextTask(late, 'technician')?.id).toBe('candidates');
  expect(nextTask(late, 'observer')).toMatchObject({ id: 'details', by: ['admin'] });
  const running = readiness(armed, { ...facts, now: 150 });
  expect(nextTask(running, 'admin')?.id).toBe('links');
  expect(nextTask(running, 'observer')?.id).toBe('watch');
});

test('an abandoned election keeps what was done, and nothing of it can start any more', () => {
  const tasks = readiness({ ...armed, abandoned_at: 60 }, { ...facts, now: 150 });
  expect(tasks.filter(({ state }) => state === 'todo')).toEqual([]);
  expect(why(tasks, 'deliberate')).toBe('abandoned');
  expect(taskOf(tasks, 'arm')?.state).toBe('completed');
});
