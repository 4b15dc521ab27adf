// What may still change after arming, and what an abandoned election shows.
import { archivePage, type ArchiveState } from '../../packages/server/src/views/archive.ts';
import { changesPage, type WayBack, wayBackPage } from '../../packages/server/src/views/changes.ts';
import { clonePage, deletionPage } from '../../packages/server/src/views/copies.ts';
import { doorPage } from '../../packages/server/src/views/door.ts';
import { electionPage } from '../../packages/server/src/views/election.ts';
import type { Html, Page } from '../../packages/server/src/views/page.ts';
import { electionOf, head, type Say, sayIn, window, zone } from './models.ts';
import type { Sample } from './sample.ts';

const hour = 3_600_000;

export function changeSamples(): Sample[] {
  const inLanguage = (name: string, render: (page: Page, say: Say) => Html, signedIn = true): Sample => ({
    name,
    signedIn,
    render: (page) => render(page, sayIn(page.locale)),
  });
  const because = (say: Say) =>
    say(
      'The network of the campus was down all morning.\nWe will vote again in April.',
      'Le réseau du campus a été coupé toute la matinée.\nNous voterons à nouveau en avril.',
    );
  const form = (way: WayBack, wrong = false) =>
    inLanguage(`changes-${way}${wrong ? '-wrong' : ''}`, (page, say) => {
      const problems = wrong
        ? {
            name: page.t('changes.other-name', { name: head(say, 'armed').name }),
            reason: page.t('changes.wrong-reason'),
          }
        : {};
      const values = { closesAt: '2026-03-20T18:00', name: wrong ? 'Bureau' : '', reason: '' };
      return wayBackPage(page, { election: head(say, 'armed'), window, way, values, problems });
    });
  const archive = (state: ArchiveState) =>
    inLanguage(`archive-${state.kind}${state.kind === 'archived' && state.isDue ? '-due' : ''}`, (page, say) => {
      const phase = state.kind === 'not-over' ? 'open' : state.kind === 'over' ? 'published' : 'archived';
      return archivePage(page, { election: head(say, phase), zone, days: 90, state });
    });
  const due = window.closesAt + 90 * 24 * hour;
  return [
    archive({ kind: 'not-over' }),
    archive({ kind: 'over', due }),
    archive({ kind: 'archived', at: window.closesAt, due, isDue: false }),
    archive({ kind: 'archived', at: window.closesAt, due, isDue: true }),
    archive({ kind: 'purged', at: due }),
    inLanguage('clone', (page, say) => {
      const values = { name: page.t('clone.default', { name: head(say, 'draft').name }), voters: false };
      return clonePage(page, { election: head(say, 'published'), voters: 598, values, problems: {} });
    }),
    inLanguage('deletion', (page, say) =>
      deletionPage(page, {
        election: head(say, 'draft'),
        name: 'Bureau',
        problems: { name: page.t('changes.other-name', { name: head(say, 'draft').name }) },
      }),
    ),
    inLanguage('changes', (page, say) => {
      const why = page.t('reason.election-opened.title');
      return changesPage(page, {
        election: head(say, 'open'),
        zone,
        ways: [{ way: 'extend' }, { way: 'disarm', why }, { way: 'abandon' }],
        changes: [
          {
            at: window.opensAt + hour,
            what: page.t('audit.action.election-extended'),
            by: 'Anaïs Martin',
            reason: because(say),
          },
          { at: window.opensAt - hour, what: page.t('audit.action.election-disarmed'), reason: because(say) },
        ],
        done: page.t('done.extended'),
      });
    }),
    inLanguage('changes-none', (page, say) => {
      const ways = (['extend', 'disarm', 'abandon'] as const).map((way) => ({
        way,
        why: page.t('reason.election-not-armed.title'),
      }));
      return changesPage(page, { election: head(say, 'draft'), zone, ways, changes: [] });
    }),
    form('extend'),
    form('disarm', true),
    form('abandon'),
    inLanguage('changes-late', (page, say) => {
      const values = { closesAt: '', name: '', reason: '' };
      const why = page.t('reason.election-opened.title');
      return wayBackPage(page, { election: head(say, 'open'), window, way: 'disarm', why, values, problems: {} });
    }),
    inLanguage(
      'door-abandoned',
      (page, say) => {
        const at = page.formatInstant(window.closesAt, zone);
        return doorPage(page, { kind: 'abandoned', at, because: because(say), election: head(say, 'abandoned') });
      },
      false,
    ),
    inLanguage(
      'election-abandoned',
      (page, say) => {
        const abandoned = { at: window.closesAt, reason: because(say) };
        return electionPage(page, electionOf(say, { phase: 'abandoned', participation: undefined, abandoned }));
      },
      false,
    ),
  ];
}
