// Invented minutes, short and long, for tests and the gallery.
import type { Minutes, MinutesBoard, MinutesCandidate } from '@votix/protocol';
import { percentOf } from '@votix/protocol';
import type { Locale } from '../../packages/server/src/messages/translate.ts';

const zone = 'Europe/Paris';
const window = { opensAt: Date.UTC(2026, 2, 14, 7), closesAt: Date.UTC(2026, 2, 20, 17) };
const fingerprint = '9f2c4b7a1d3e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8';

const [registered, valid] = [598, 412];

function lines(names: readonly string[], votes: readonly number[], seats: number): MinutesCandidate[] {
  const sorted = names.map((name, index) => ({ name, votes: votes[index] ?? 0, id: `c${index}` }));
  return sorted
    .toSorted((a, b) => b.votes - a.votes)
    .map((line, _, all) => {
      const rank = 1 + all.filter((other) => other.votes > line.votes).length;
      const standing = rank <= seats && line.votes > 0 ? 'elected' : 'not-elected';
      return {
        ...line,
        ofValid: percentOf(line.votes, valid),
        ofRoll: percentOf(line.votes, registered),
        rank,
        standing,
      };
    });
}

const shares = (votes: number) => ({ votes, ofValid: percentOf(votes, valid), ofRoll: percentOf(votes, registered) });

const sampleBoard: MinutesBoard = {
  uuid: 'Bq1K4YDQEDaYfB',
  trustees: ['Anne-Sophie Delacroix', 'Barthélemy Vandenberghe', 'Łukasz Wiśniewski'],
  needed: 2,
  registrar: 'Rosa Keller',
  head: { height: 418, hash: fingerprint.replaceAll('2', 'a') },
};

/** `long`: one that everyone can check, with fifty candidates with long names, a tie, every kind of incident, a rehearsal. */
export function sampleMinutes(locale: Locale, long = false): Minutes {
  const say = (en: string, fr: string) => (locale === 'fr' ? fr : en);
  const contest = {
    minChoices: 1,
    maxChoices: 1,
    seats: 1,
    order: 'fixed',
    seed: '',
    allowsBlank: true,
    vacant: 0,
  } as const;
  const names = [
    'Camille Roussel & Idris Benali',
    'Noémie Lefebvre-Delacroix & Barthélemy Vandenberghe',
    say('List “Together for the campus”', 'Liste «\u202FEnsemble pour le campus\u202F»'),
  ];
  const many = Array.from({ length: 50 }, (_, index) =>
    `${['Łukasz Wiśniewski-Kowalczyk', 'Nguyễn Thị Ánh Tuyết', 'Œdipe d’Haÿ-lès-Roses', 'Ελένη Παπαδοπούλου'][index % 4]} ${index + 1} ${'et ses colistières '.repeat(index % 5)}`.trim(),
  );
  const reason = say(
    'The network of the campus failed for an hour.',
    'Le réseau du campus est tombé en panne pendant une heure.',
  );
  const at = window.opensAt - 86_400_000;
  return {
    votix: 1,
    kind: 'minutes',
    status: 'published',
    rehearsal: long,
    organisation: 'Association des étudiants de Belleville',
    software: '0.1.0',
    election: '5a0d6c1e-8f5e-4a0f-9d53-1f0c3a7be001',
    name: say('Board of the student union 2026', 'Bureau de l’association étudiante 2026'),
    zone,
    rules: { minimumBallots: 5, quorum: 50, tieRule: long ? 'lot' : 'announce' },
    window: {
      opensAt: window.opensAt,
      closesAt: window.closesAt,
      extensions: [
        { at: window.closesAt - 7_200_000, from: window.closesAt - 3_600_000, until: window.closesAt, reason },
      ],
      sealedAt: window.closesAt + 2000,
      openedAt: window.closesAt + 3_600_000,
      publishedAt: window.closesAt + 5_400_000,
    },
    counts: {
      registered,
      signatures: long ? 414 : 413,
      ballots: 413,
      valid,
      invalid: 1,
      turnout: percentOf(413, registered),
      agree: !long,
    },
    quorum: { percent: 50, needed: 299, reached: true },
    contests: [
      {
        ...contest,
        id: 'k1',
        title: say('Who do you vote for?', 'Pour qui votez-vous\u202F?'),
        blank: shares(12),
        expressed: 400,
        tie: null,
        candidates: lines(names, [118, 164, 118], 1),
      },
      ...(long
        ? [
            {
              ...contest,
              id: 'k2',
              title: say(
                'Who sits on the council of the campus, and who stands in for them?',
                'Qui siège au conseil du campus, et qui supplée\u202F?',
              ),
              maxChoices: 4,
              seats: 4,
              order: 'drawn' as const,
              seed: fingerprint,
              blank: shares(3),
              expressed: 409,
              tie: { votes: 8, seats: 2, candidates: ['c10', 'c20', 'c30'], lot: ['c20', 'c30', 'c10'] },
              candidates: lines(
                many,
                many.map((_, index) => (index < 2 ? 90 - index : index % 10 === 0 ? 8 : index % 7)),
                4,
              ),
            },
          ]
        : []),
    ],
    invalidBallots: [{ receipt: '7K3MZQ0X9V2B4N6P8R1T5W7Y0A3C5E7G', reason: 'undecryptable' }],
    incidents: [
      { kind: 'invalid-ballots', at: null, count: 1, reason: null },
      ...(long
        ? ([
            { kind: 'disarmed', at, count: null, reason },
            { kind: 'armed-again', at: at + 3_600_000, count: null, reason: null },
            { kind: 'links-replaced', at: null, count: 3, reason: null },
            { kind: 'ballots-differ-from-signatures', at: null, count: 1, reason: null },
            { kind: 'counts-check-failed', at: window.closesAt, count: null, reason: null },
          ] as const)
        : []),
    ],
    fingerprint,
    definitionHash: fingerprint.replaceAll('9', 'b'),
    boxHash: fingerprint.replaceAll('7', 'e'),
    board: long ? sampleBoard : null,
    audit: { position: 57, hash: fingerprint.replaceAll('4', 'd') },
  };
}
