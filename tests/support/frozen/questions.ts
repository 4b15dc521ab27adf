// What voters decide on: the details, the questions and their rules, the candidates.

import { electionForm } from '../routes/console.ts';
import { base, forms, frozen, type FrozenDeed } from './deed.ts';
import { candidateForm, type FrozenElection } from './election.ts';

const details = forms('/console/elections/:id/details', (election) => base(election, '/details'), electionForm, {
  'another name': { name: 'Board 2028' },
  'another description': { description: 'Nobody votes.' },
  'an earlier opening': { opensAt: '2020-01-01T08:00' },
  'a later opening': { opensAt: '2098-01-01T08:00' },
  'an earlier end': { opensAt: '2020-01-01T08:00', closesAt: '2020-01-02T08:00' },
  'a later end without a reason': { closesAt: '2099-12-31T08:00' },
  'another time zone': { zone: 'Pacific/Auckland' },
});

const contest = { title: 'Who chairs?', minChoices: '1', maxChoices: '1', blank: 'yes', seats: '1', order: 'fixed' };
const rules = { tieRule: 'announce', quorum: '0', minimumBallots: '1' };
const ofContest = (rest: string) => (election: FrozenElection) =>
  base(election, `/contests/${election.contest}${rest}`);

const contests = [
  ...forms('/console/elections/:id/contests/new', (election) => base(election, '/contests/new'), contest, {
    'a question more': { title: 'Who counts?' },
  }),
  ...forms('/console/elections/:id/contests/:contest', ofContest(''), contest, {
    'another question': { title: 'Who leaves?' },
    'more choices': { maxChoices: '2' },
    'more choices at least': { minChoices: '2', maxChoices: '2' },
    'no blank vote': { blank: '' },
    'more seats': { seats: '2' },
    'another order of the candidates': { order: 'alphabetical' },
    'a drawn order': { order: 'drawn' },
  }),
  ...forms(
    '/console/elections/:id/contests/:contest/move',
    ofContest('/move'),
    { direction: 'down' },
    {
      'a question moved': {},
    },
  ),
  ...forms(
    '/console/elections/:id/contests/:contest/draw',
    (election) => base(election, `/contests/${election.drawnContest}/draw`),
    {},
    { 'an order drawn again': {} },
  ),
  ...forms('/console/elections/:id/contests/:contest/delete', ofContest('/delete'), {}, { 'a question less': {} }),
  ...forms('/console/elections/:id/rules', (election) => base(election, '/rules'), rules, {
    'a quorum': { quorum: '50' },
    'another rule for a tie': { tieRule: 'lot' },
    'another minimum of ballots': { minimumBallots: '2' },
  }),
];

const ofCandidate = (rest: string) => (election: FrozenElection) =>
  base(election, `/candidates/${election.candidates[0]}${rest}`);
const ada = { name: 'Ada', text: '' };

const candidates: readonly FrozenDeed[] = [
  ...forms('/console/elections/:id/candidates', (election) => base(election, '/candidates'), ada, {
    'a candidate more': { name: 'Fanny' },
  }),
  {
    route: 'POST /console/elections/:id/candidates',
    what: 'a candidate more, with a picture',
    reasons: frozen,
    act: (browser, election) =>
      browser.send('POST', base(election, '/candidates'), { body: candidateForm({ name: 'Fanny', text: '' }) }),
  },
  ...forms('/console/elections/:id/candidates/:candidate', ofCandidate(''), ada, {
    'a candidate of another name': { name: 'Adam' },
    'other words about a candidate': { text: 'Against everything.' },
  }),
  {
    route: 'POST /console/elections/:id/candidates/:candidate',
    what: 'a candidate with a picture',
    reasons: frozen,
    act: (browser, election) =>
      browser.send('POST', base(election, `/candidates/${election.candidates[1]}`), {
        body: candidateForm({ name: 'Blaise', text: '' }),
      }),
  },
  ...forms(
    '/console/elections/:id/candidates/:candidate/logo/delete',
    ofCandidate('/logo/delete'),
    {},
    {
      'a picture less': {},
    },
  ),
  ...forms(
    '/console/elections/:id/candidates/:candidate/move',
    ofCandidate('/move'),
    { direction: 'down' },
    {
      'a candidate moved': {},
    },
  ),
  ...forms(
    '/console/elections/:id/candidates/:candidate/delete',
    ofCandidate('/delete'),
    {},
    {
      'a candidate less': {},
    },
  ),
];

export const questionDeeds: readonly FrozenDeed[] = [...details, ...contests, ...candidates];
