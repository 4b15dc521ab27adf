import { expect, test } from 'vitest';
import { type DefinitionProblem, definitionHash, encodeDefinition, parseDefinition } from './definition.ts';
import { aContest, aDefinition, aTwofoldDefinition } from './sample-election.ts';

const definition = aDefinition(aContest('c', 2));
const text = encodeDefinition(definition);

test('the text of a definition is compact JSON in the order of the specification', () => {
  expect(text).toBe(
    '{"votix":1,"sealing":"sealed-box","election":"5f0c8d2e-1b7a-4c39-8e64-92a1d3b7f045",' +
      '"name":"Élection du bureau 2026","minimumBallots":5,"quorum":0,"tieRule":"announce",' +
      '"contests":[{"id":"c","title":"Contest c","minChoices":1,"maxChoices":1,"blank":true,"seats":1,"order":"fixed",' +
      '"seed":"","candidates":[{"id":"c-1","name":"Candidate 1"},{"id":"c-2","name":"Candidate 2"}]}]}',
  );
});

test('a definition reads back as it was, whatever order its members had in memory', () => {
  const turned = Object.fromEntries(Object.entries(definition).toReversed()) as unknown as typeof definition;
  expect(encodeDefinition(turned)).toBe(text);
  expect(parseDefinition(text)).toEqual({ ok: true, definition });
  const twofold = aTwofoldDefinition();
  expect(parseDefinition(encodeDefinition(twofold))).toEqual({ ok: true, definition: twofold });
  const drawn = { ...aDefinition(aContest('c', 2, { order: 'drawn', seed: 'ab'.repeat(32), seats: 2 })), quorum: 100 };
  expect(parseDefinition(encodeDefinition(drawn))).toEqual({ ok: true, definition: drawn });
});

test('the hash of a definition is SHA-256 of its UTF-8 bytes', () => {
  // FIPS 180-4's "abc", and one letter outside ASCII, recomputed with sha256sum.
  expect(definitionHash('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(definitionHash('É')).toBe('a755f65d4e5201d92b6f264d1508ea0bec9913dd7b20a96ebde25de3cda84a84');
});

/** The text with some members replaced: of the definition, of its first contest, of its first candidate. */
function textWith(members: object, contest: object = {}, candidate: object = {}): string {
  const [first, ...others] = definition.contests;
  const [chosen, ...rest] = first?.candidates ?? [];
  const candidates = [{ ...chosen, ...candidate }, ...rest];
  return JSON.stringify({ ...definition, contests: [{ ...first, candidates, ...contest }, ...others], ...members });
}

const named = (count: number, prefix = 'k') =>
  Array.from({ length: count }, (_, i) => ({ id: `${prefix}${i}`, name: 'N' }));
const wide = (id: string) => aContest(id, 255, { maxChoices: 255 });

const TAMPERED: readonly (readonly [string, unknown, DefinitionProblem])[] = [
  ['no text', undefined, 'definition-not-json'],
  ['not JSON', '{', 'definition-not-json'],
  ['an array', '[]', 'definition-not-json'],
  ['null', 'null', 'definition-not-json'],
  ['nested beyond reading', '['.repeat(100_000), 'definition-not-json'],
  ['too long', ' '.repeat(1_000_001), 'definition-oversized'],
  ['of another version', textWith({ votix: 2 }), 'definition-version'],
  ['versioned by a text', textWith({ votix: '1' }), 'definition-version'],
  ['sealed another way', textWith({ sealing: 'open-ballot' }), 'definition-sealing'],
  ['of an election that is no UUID', textWith({ election: 'x' }), 'definition-election'],
  ['of an election in capitals', textWith({ election: definition.election.toUpperCase() }), 'definition-election'],
  ['without a name', textWith({ name: undefined }), 'definition-name'],
  ['named by spaces', textWith({ name: ' \u00a0' }), 'definition-name'],
  ['named on two lines', textWith({ name: 'a\nb' }), 'definition-name'],
  ['named by half a character', textWith({ name: 'a\ud800' }), 'definition-name'],
  ['named at length', textWith({ name: 'a'.repeat(1001) }), 'definition-name'],
  ['without minimum', textWith({ minimumBallots: 0 }), 'definition-minimum-ballots'],
  ['with half a minimum', textWith({ minimumBallots: 1.5 }), 'definition-minimum-ballots'],
  ['without quorum', textWith({ quorum: undefined }), 'definition-quorum'],
  ['with a quorum of more than everyone', textWith({ quorum: 101 }), 'definition-quorum'],
  ['with a quorum below none', textWith({ quorum: -1 }), 'definition-quorum'],
  ['with a quorum as a text', textWith({ quorum: '50' }), 'definition-quorum'],
  ['without a rule for ties', textWith({ tieRule: undefined }), 'definition-tie-rule'],
  ['with an unknown rule for ties', textWith({ tieRule: 'eldest' }), 'definition-tie-rule'],
  ['without contests', textWith({ contests: [] }), 'definition-contests'],
  ['with contests that are no list', textWith({ contests: {} }), 'definition-contests'],
  ['with too many contests', textWith({ contests: named(101) }), 'definition-contests'],
  [
    'with the same contest twice',
    textWith({ contests: [aContest('c', 1), { ...aContest('d', 1), id: 'c' }] }),
    'definition-contests',
  ],
  ['with a contest that is null', textWith({ contests: [null] }), 'definition-contest'],
  ['with a contest id of spaces', textWith({}, { id: 'a b' }), 'definition-contest'],
  ['with a contest without title', textWith({}, { title: '' }), 'definition-contest'],
  ['with "blank" as a number', textWith({}, { blank: 1 }), 'definition-contest'],
  ['with no candidate', textWith({}, { candidates: [] }), 'definition-candidates'],
  ['with too many candidates', textWith({}, { candidates: named(1001) }), 'definition-candidates'],
  ['with a candidate that is a text', textWith({}, { candidates: ['A'] }), 'definition-candidates'],
  ['with a candidate without id', textWith({}, {}, { id: '' }), 'definition-candidates'],
  ['with a long candidate id', textWith({}, {}, { id: 'a'.repeat(65) }), 'definition-candidates'],
  ['with a candidate without name', textWith({}, {}, { name: ' ' }), 'definition-candidates'],
  ['with one candidate id twice', textWith({}, {}, { id: 'c-2' }), 'definition-candidates'],
  [
    'with a candidate in two contests',
    textWith({ contests: [aContest('c', 1), { ...aContest('c', 1), id: 'd' }] }),
    'definition-candidates',
  ],
  ['with no choice', textWith({}, { maxChoices: 0 }), 'definition-choices'],
  ['with a minimum of no choice', textWith({}, { minChoices: 0 }), 'definition-choices'],
  ['with more choices than candidates', textWith({}, { maxChoices: 3 }), 'definition-choices'],
  ['with a minimum above the maximum', textWith({}, { minChoices: 2 }), 'definition-choices'],
  [
    'with more choices than a byte counts',
    textWith({}, { maxChoices: 256, candidates: named(300) }),
    'definition-choices',
  ],
  [
    'with too many choices in all',
    textWith({ contests: named(20, 'w').map(({ id }) => wide(id)) }),
    'definition-choices',
  ],
  ['with no seat', textWith({}, { seats: 0 }), 'definition-seats'],
  ['with more seats than candidates', textWith({}, { seats: 3 }), 'definition-seats'],
  ['with half a seat', textWith({}, { seats: 1.5 }), 'definition-seats'],
  ['without order', textWith({}, { order: undefined }), 'definition-order'],
  ['with an unknown order', textWith({}, { order: 'random' }), 'definition-order'],
  ['drawn without a seed', textWith({}, { order: 'drawn' }), 'definition-order'],
  ['drawn with a short seed', textWith({}, { order: 'drawn', seed: 'ab' }), 'definition-order'],
  ['drawn with a seed in capitals', textWith({}, { order: 'drawn', seed: 'AB'.repeat(32) }), 'definition-order'],
  ['with a seed that nothing is drawn from', textWith({}, { seed: 'ab'.repeat(32) }), 'definition-order'],
  ['alphabetical with a seed', textWith({}, { order: 'alphabetical', seed: 'ab'.repeat(32) }), 'definition-order'],
  ['with an unknown member', textWith({ colour: 'red' }), 'definition-not-canonical'],
  ['with an unknown member of a contest', textWith({}, { colour: 'red' }), 'definition-not-canonical'],
  [
    'with an unknown member of a candidate',
    textWith({}, {}, { __proto__: null, colour: 'red' }),
    'definition-not-canonical',
  ],
  ['with a member given twice', text.replace('{"votix":1', '{"votix":1,"votix":1'), 'definition-not-canonical'],
  [
    'with members in another order',
    text.replace('"id":"c","title":"Contest c"', '"title":"Contest c","id":"c"'),
    'definition-not-canonical',
  ],
  ['with white space', text.replace(',', ', '), 'definition-not-canonical'],
  ['with a line end', `${text}\n`, 'definition-not-canonical'],
  [
    'with a number spelled otherwise',
    text.replace('"minimumBallots":5', '"minimumBallots":5.0'),
    'definition-not-canonical',
  ],
  ['with an escape where none is needed', text.replace('É', String.raw`\u00c9`), 'definition-not-canonical'],
];

for (const [claim, tampered, reason] of TAMPERED) {
  test(`a definition ${claim} is refused`, () => {
    expect(parseDefinition(tampered)).toEqual({ ok: false, reason });
  });
}
