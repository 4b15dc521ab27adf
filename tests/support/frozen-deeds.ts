// Everything that somebody could try to change about an election after arming, by the route that does it before, and the
// reason it is refused for in each phase. A phase that is missing allows it, or another deed stands for it there.

import type { Reason } from '../../packages/server/src/http/reasons.ts';
import { armingOf } from './elections.ts';
import type { TestApp } from './app.ts';
import { candidateForm, type FrozenElection, type FrozenPhase } from './frozen-elections.ts';
import { theDeliberation } from './phases.ts';
import { electionForm } from './routes/console.ts';
import type { Visitor } from './visitors.ts';

type Fields = Readonly<Record<string, string>>;
type Reasons = Readonly<Partial<Record<FrozenPhase, Reason>>>;
type Act = (browser: Visitor, election: FrozenElection, at: TestApp) => Promise<Response>;

export interface FrozenDeed {
  readonly route: string;
  readonly what: string;
  readonly act: Act;
  readonly reasons: Reasons;
}

const frozen: Reasons = { armed: 'election-armed', open: 'election-armed', closed: 'election-armed' };
const always = (reason: Reason): Reasons => ({ armed: reason, open: reason, closed: reason });
/** Of a voter's data: no more changes at all once the vote is over. */
const ofVoter: Reasons = { ...frozen, closed: 'roll-closed' };

const base = ({ id }: FrozenElection, rest: string) => `/console/elections/${id}${rest}`;
const reason = 'Somebody asked for it.';

/** The deeds of one route, each with the fields that make the difference. */
const forms = (
  route: string,
  path: (election: FrozenElection) => string,
  same: Fields,
  deeds: Readonly<Record<string, Fields>>,
  reasons: Reasons = frozen,
): FrozenDeed[] =>
  Object.entries(deeds).map(([what, change]) => ({
    route: `POST ${route}`,
    what,
    reasons,
    act: (browser, election) => browser.post(path(election), { ...same, ...change }),
  }));

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

/** Of the last voter, who has not voted, with everything as it is but the change. */
const editOf =
  (change: Fields, nth = -1): Act =>
  (browser, election) => {
    const { id } = election.voters.at(nth)!;
    return browser.post(base(election, `/voters/${id}`), { ...election.names.get(id)!, reason, ...change });
  };

const edit = (what: string, change: Fields): FrozenDeed => ({
  route: 'POST /console/elections/:id/voters/:voter',
  what,
  reasons: ofVoter,
  act: editOf(change),
});

const file = 'last_name,first_name,email,promotion,building\nGauss,Carl,gauss@example.org,E1,\n';

const voters: readonly FrozenDeed[] = [
  edit('another last name of a voter', { lastName: 'Other' }),
  edit('another first name of a voter', { firstName: 'Other' }),
  edit('another promotion of a voter', { promotion: 'E9' }),
  edit('another building of a voter', { building: 'Carnot' }),
  edit('another address and another name', { email: 'other@example.org', lastName: 'Other' }),
  ...forms(
    '/console/elections/:id/voters/:voter/delete',
    (election) => base(election, `/voters/${election.voters.at(-1)!.id}/delete`),
    {},
    { 'a voter less': {} },
  ),
  ...forms(
    '/console/elections/:id/voters/remove',
    (election) => base(election, '/voters/remove'),
    { name: 'Board 2026', expected: '9' },
    { 'no voter at all': {} },
  ),
  {
    route: 'POST /console/elections/:id/voters/import',
    what: 'a list of voters',
    reasons: frozen,
    act: (browser, election) => browser.upload(base(election, '/voters/import'), file),
  },
  ...forms(
    '/console/elections/:id/voters/import/:import',
    (election) => base(election, `/voters/import/${election.waitingImport}`),
    {},
    { 'the yes to a list that waited': {} },
    always('import-gone'),
  ),
  {
    route: 'POST /console/elections/:id/voters/import/undo',
    what: 'the last list undone',
    reasons: frozen,
    act: (browser, election) => browser.post(base(election, '/voters/import/undo'), { import: election.doneImport }),
  },
];

const buildings = forms(
  '/console/buildings/:building/delete',
  ({ building }) => `/console/buildings/${building}/delete`,
  {},
  { 'a building less': {}, 'a building less, its voters in none': { move: 'yes', moveTo: '' } },
  always('building-in-use'),
).concat({
  route: 'POST /console/buildings/:building/delete',
  what: 'a building less, its voters in another',
  reasons: always('building-in-use'),
  act: (browser, { building, emptyBuilding }) =>
    browser.post(`/console/buildings/${building}/delete`, { move: 'yes', moveTo: emptyBuilding }),
});

/** Voter by voter, what is allowed with a reason while it still can matter. */
const deedOf =
  (rest: 'link' | 'code' | 'access', nth: number): Act =>
  (browser, election) =>
    browser.post(base(election, `/voters/${election.voters.at(nth)!.id}/${rest}`), { reason });

const access = (['link', 'code', 'access'] as const).flatMap((rest): FrozenDeed[] => {
  const route = `POST /console/elections/:id/voters/:voter/${rest}`;
  return [
    {
      route,
      what: `the ${rest} of somebody who has voted`,
      reasons: { open: 'voter-has-voted' },
      act: deedOf(rest, 0),
    },
    { route, what: `a ${rest} after the close`, reasons: { closed: 'roll-closed' }, act: deedOf(rest, -1) },
  ];
});

const late: readonly FrozenDeed[] = [
  ...access,
  {
    route: 'POST /console/elections/:id/voters/:voter',
    what: 'the address of somebody who has voted',
    reasons: { open: 'voter-has-voted' },
    act: editOf({ email: 'other@example.org' }, 0),
  },
  {
    route: 'POST /console/elections/:id/voters/:voter',
    what: 'an address after the close',
    reasons: { closed: 'roll-closed' },
    act: editOf({ email: 'other@example.org' }),
  },
  ...forms(
    '/console/elections/:id/voters',
    (election) => base(election, '/voters'),
    { lastName: 'Late', firstName: 'Lou', email: 'lou@example.org', promotion: '', building: '', reason },
    { 'a voter more after the close': {} },
    { closed: 'roll-closed' },
  ),
  ...forms(
    '/console/elections/:id/changes/extend',
    (election) => base(election, '/changes/extend'),
    { closesAt: '2099-12-31T08:00', reason },
    { 'a later end after the end': {} },
    { closed: 'election-over' },
  ),
  ...forms(
    '/console/elections/:id/changes/disarm',
    (election) => base(election, '/changes/disarm'),
    { name: 'Board 2026', reason },
    { 'back to a draft': {} },
    { open: 'election-opened', closed: 'election-opened' },
  ),
];

const whole: readonly FrozenDeed[] = [
  {
    route: 'POST /api/elections/:id/arm',
    what: 'another key',
    reasons: frozen,
    act: async (browser, { id }, { db }) => {
      const { definition: _, secure: __, ...arming } = await armingOf(db, id);
      return browser.json(`/api/elections/${id}/arm`, arming);
    },
  },
  {
    route: 'POST /api/elections/:id/result',
    what: 'a result before the close',
    reasons: { armed: 'box-not-sealed', open: 'box-not-sealed' },
    act: async (browser, { id, context }, { db }) => {
      const sent = { ...(await theDeliberation(db, { id, context })), boxHash: '0'.repeat(64) };
      return browser.json(`/api/elections/${id}/result`, sent);
    },
  },
  ...forms(
    '/console/elections/:id/publish',
    (election) => base(election, '/publish'),
    {},
    { 'a publication before there is a result': {} },
    always('not-deliberated'),
  ),
  ...forms(
    '/console/elections/:id/delete',
    (election) => base(election, '/delete'),
    { name: 'Board 2026' },
    { 'the whole election deleted': {} },
  ),
  ...forms(
    '/console/elections/:id/archive',
    (election) => base(election, '/archive'),
    {},
    { 'an archive of what is not over': {} },
    always('election-not-over'),
  ),
  ...forms(
    '/console/elections/:id/purge',
    (election) => base(election, '/purge'),
    {},
    { 'the voters’ data deleted': {} },
    always('not-archived'),
  ),
];

export const frozenDeeds: readonly FrozenDeed[] = [
  ...details,
  ...contests,
  ...candidates,
  ...voters,
  ...buildings,
  ...late,
  ...whole,
];

/** What changes nothing that voters decide on, nor who they are; why it is not frozen. */
export const freeRoutes: Readonly<Record<string, string>> = {
  'POST /console/elections/:id/changes/abandon': 'the box stays shut, with a reason that everyone reads',
  'POST /console/elections/:id/clone': 'makes another election',
  'POST /console/elections/:id/sheets': 'says that the slips were handed out',
  'POST /console/elections/:id/integrity/check': 'reads',
  'POST /console/elections/:id/log/check': 'reads',
  'POST /console/elections/:id/voters/export': 'reads',
  'POST /console/elections/:id/mails/channel': 'how mails go',
  'POST /console/elections/:id/mails/send/:kind': 'how mails go',
  'POST /console/elections/:id/mails/texts/:kind': 'how mails go',
  'POST /console/elections/:id/mails/:mailing/again': 'how mails go',
  'POST /console/elections/:id/mails/:mailing/pause': 'how mails go',
  'POST /console/elections/:id/mails/:mailing/resume': 'how mails go',
  'POST /console/elections/:id/mails/:mailing/cancel': 'how mails go',
  'POST /console/buildings/:building': 'its name and sign: votes are counted by what it is, not by what it is called',
};
