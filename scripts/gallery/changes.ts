// What may still change after arming, and what an abandoned election shows.
import { changesPage, type WayBack, wayBackPage } from '../../packages/server/src/views/changes.ts';
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
  return [
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
        return electionPage(page, electionOf(say, { phase: 'abandoned', turnout: undefined, abandoned }));
      },
      false,
    ),
  ];
}
