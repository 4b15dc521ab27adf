import { expect, test } from 'vitest';
import { type Phase, phaseOf, windowProblem } from './lifecycle.ts';

const draft = {
  armed_at: null as number | null,
  opens_at: 100,
  closes_at: 200,
  sealed_at: null as number | null,
  deliberated_at: null as number | null,
  published_at: null as number | null,
  abandoned_at: null as number | null,
  archived_at: null as number | null,
};
const armed = { ...draft, armed_at: 10 };
const sealed = { ...armed, sealed_at: 200 };
const published = { ...sealed, deliberated_at: 210, published_at: 220 };
const abandoned = { ...armed, abandoned_at: 150 };

type Window = ReturnType<typeof windowProblem>;

test.each<[string, typeof draft, number, Phase, Window]>([
  ['a draft whose window is open', draft, 150, 'draft', 'too-early'],
  ['just before the opening', armed, 99, 'armed', 'too-early'],
  ['at the very second of the opening', armed, 100, 'open', undefined],
  ['at the last millisecond', armed, 199, 'open', undefined],
  ['at the very second of the end', armed, 200, 'closed', 'too-late'],
  ['sealed, whatever the clock says', sealed, 150, 'closed', 'too-late'],
  ['counted', { ...published, published_at: null }, 150, 'deliberated', 'too-late'],
  ['public', published, 150, 'published', 'too-late'],
  ['archived', { ...published, archived_at: 300 }, 150, 'archived', 'too-late'],
  ['abandoned before it opened', abandoned, 50, 'abandoned', 'election-abandoned'],
  ['abandoned while it was open', abandoned, 150, 'abandoned', 'election-abandoned'],
  ['abandoned and sealed', { ...abandoned, sealed_at: 151 }, 150, 'abandoned', 'election-abandoned'],
  ['abandoned and archived', { ...abandoned, archived_at: 300 }, 150, 'archived', 'election-abandoned'],
])('%s', (_, election, now, phase, window) => {
  expect([phaseOf(election, now), windowProblem(election, now)]).toEqual([phase, window]);
});
