// Who votes: the voters, their buildings, and what is allowed with a reason only while it can still matter.

import { type Act, always, base, type Fields, forms, frozen, type FrozenDeed, reason } from './deed.ts';

/** Of a voter's data: no more changes at all once the vote is over. */
const ofVoter: FrozenDeed['reasons'] = { ...frozen, closed: 'roll-closed' };

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
  edit('another language of a voter', { language: 'fr' }),
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
    route: 'POST /console/elections/:id/voters/units',
    what: 'the people of a unit',
    reasons: frozen,
    act: (browser, election) => browser.post(base(election, '/voters/units'), { unit: '/', go: 'check' }),
  },
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
  (rest: 'link' | 'code' | 'access' | 'credential', nth: number): Act =>
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

/** Where no registrar made any, there is none to replace. */
const credential: FrozenDeed = {
  route: 'POST /console/elections/:id/voters/:voter/credential',
  what: 'another voter code',
  reasons: { armed: 'no-registrar', open: 'no-registrar', closed: 'roll-closed' },
  act: deedOf('credential', -1),
};

const late: readonly FrozenDeed[] = [
  ...access,
  credential,
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

export const voterDeeds: readonly FrozenDeed[] = [...voters, ...buildings, ...late];
