import { expect, test } from 'vitest';
import type { Election } from './elections.ts';
import { readiness, type Task } from './readiness.ts';

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
const facts = { voters: 10, now: 50, secure: true };

const next = (tasks: readonly Task[]) => tasks.find((task) => task.state === 'todo')?.id;
const why = (tasks: readonly Task[], id: Task['id']) => tasks.find((task) => task.id === id)?.why;

test('each stage of an election has its one next step', () => {
  const stages: [Election, Partial<typeof facts>, Task['id'] | undefined][] = [
    [{ ...draft, contests: [{ ...contest, candidates: [] }] }, {}, 'candidates'],
    [draft, { voters: 0 }, 'voters'],
    [draft, { voters: 3 }, 'voters'],
    [draft, { now: 300 }, 'details'],
    [draft, {}, 'arm'],
    [armed, {}, 'sheets'],
    [{ ...armed, handed_out_at: 60 }, {}, undefined],
    [closed, { now: 300 }, 'deliberate'],
    [{ ...closed, deliberated_at: 310 }, { now: 320 }, 'publish'],
    [{ ...closed, deliberated_at: 310, published_at: 320 }, { now: 330 }, undefined],
  ];
  expect(stages.map(([election, change]) => next(readiness(election, { ...facts, ...change })))).toEqual(
    stages.map(([, , expected]) => expected),
  );
});

test('what cannot start yet says why', () => {
  expect(why(readiness(draft, { ...facts, voters: 0 }), 'arm')).toBe('no-voters');
  expect(why(readiness(draft, { ...facts, voters: 3 }), 'arm')).toBe('roll-too-small');
  expect(why(readiness(draft, facts), 'sheets')).toBe('not-armed');
  expect(why(readiness(armed, facts), 'open')).toBe('not-yet-open');
  expect(why(readiness(armed, { ...facts, now: 150 }), 'close')).toBe('still-open');
  expect(why(readiness({ ...closed, rewritten_at: null }, { ...facts, now: 300 }), 'deliberate')).toBe('being-sealed');
  expect(why(readiness({ ...closed, ballot_count: 4 }, { ...facts, now: 300 }), 'deliberate')).toBe('below-minimum');
  expect(why(readiness(closed, { ...facts, now: 300 }), 'publish')).toBe('not-deliberated');
});
