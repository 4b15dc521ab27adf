// Everything that is tried on an election after arming, and the routes that change nothing of what arming freezes.

import { armingOf } from '../elections.ts';
import { theDeliberation } from '../phases.ts';
import { always, base, forms, frozen, type FrozenDeed } from './deed.ts';
import { questionDeeds } from './questions.ts';
import { voterDeeds } from './voters.ts';

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
    '/console/elections/:id/arm',
    (election) => base(election, '/arm'),
    { definitionHash: '0'.repeat(64) },
    { 'armed once more, as what everyone can check': {} },
  ),
  ...forms(
    '/console/elections/:id/trustees',
    (election) => base(election, '/trustees'),
    { name: 'Tia' },
    { 'one more who holds the key': {} },
  ),
  ...forms(
    '/console/elections/:id/trustees/threshold',
    (election) => base(election, '/trustees/threshold'),
    { threshold: '0' },
    { 'another number of those who open the box': {} },
  ),
  ...(['restart', 'remove'] as const).flatMap((act) =>
    forms(
      `/console/elections/:id/trustees/:trustee/${act}`,
      (election) => base(election, `/trustees/nobody/${act}`),
      {},
      { [`a trustee: ${act}`]: {} },
    ),
  ),
  ...forms(
    '/console/elections/:id/credentials/registrar',
    (election) => base(election, '/credentials/registrar'),
    { name: 'Rosa', reserve: '3' },
    { 'somebody else who makes the voter codes': {} },
  ),
  ...(['server', 'restart', 'reserve'] as const).flatMap((act) =>
    forms(
      `/console/elections/:id/credentials/${act}`,
      (election) => base(election, `/credentials/${act}`),
      {},
      { [`the voter codes: ${act}`]: {} },
    ),
  ),
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
    '/console/elections/:id/rehearsal',
    (election) => base(election, '/rehearsal'),
    { voters: '3' },
    { 'a rehearsal of what is fixed': {} },
  ),
  ...(['close', 'wipe'] as const).flatMap((act) =>
    forms(
      `/console/elections/:id/rehearsal/${act}`,
      (election) => base(election, `/rehearsal/${act}`),
      {},
      { [`taken for a rehearsal: ${act}`]: {} },
      always('no-rehearsal'),
    ),
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

export const frozenDeeds: readonly FrozenDeed[] = [...questionDeeds, ...voterDeeds, ...whole];

/** What changes nothing that voters decide on, nor who they are; why it is not frozen. */
export const freeRoutes: Readonly<Record<string, string>> = {
  'POST /api/elections/:id/possession': 'says that the key is still held',
  'POST /console/elections/:id/changes/abandon': 'the box stays shut, with a reason that everyone reads',
  'POST /console/elections/:id/clone': 'makes another election',
  'POST /console/elections/:id/sheets': 'says that the slips were handed out',
  'POST /console/elections/:id/integrity/check': 'reads',
  'POST /console/elections/:id/log/check': 'reads',
  'POST /console/elections/:id/voters/directory': 'fills the form of a new voter, and keeps nothing',
  'POST /console/elections/:id/voters/export': 'reads',
  'POST /console/elections/:id/voters/:voter/mail/:kind': 'how mails go',
  'POST /console/elections/:id/mails/channel': 'how mails go',
  'POST /console/elections/:id/mails/send/:kind': 'how mails go',
  'POST /console/elections/:id/mails/texts/:kind': 'how mails go',
  'POST /console/elections/:id/mails/:mailing/again': 'how mails go',
  'POST /console/elections/:id/mails/:mailing/pause': 'how mails go',
  'POST /console/elections/:id/mails/:mailing/resume': 'how mails go',
  'POST /console/elections/:id/mails/:mailing/cancel': 'how mails go',
  'POST /console/buildings/:building': 'its name and sign: votes are counted by what it is, not by what it is called',
};
