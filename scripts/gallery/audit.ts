// The audit log: full, filtered to nothing, and with a broken chain. The integrity panel, calm and alarmed.
import { auditPage, type AuditView } from '../../packages/server/src/views/audit.ts';
import { electionPage } from '../../packages/server/src/views/election.ts';
import { type CheckView, integrityPage, type IntegrityView } from '../../packages/server/src/views/integrity.ts';
import type { Page } from '../../packages/server/src/views/page.ts';
import { electionOf, fingerprint, head, nameOf, type Say, sayIn, troubledResultOf, window, zone } from './models.ts';
import type { Sample } from './sample.ts';

const minute = 60_000;
const nothing = { election: '', actor: '', action: '', from: '', until: '' };

function entries(page: Page, say: Say): AuditView['entries'] {
  const election = { id: head(say, 'open').id, name: nameOf(say) };
  const entry = { election, details: [], reason: '', hash: fingerprint, actor: 'Anaïs Martin' };
  const key = [page.t('audit.detail.fingerprint'), fingerprint] as const;
  const told = [
    {
      ...entry,
      sentence: page.t('audit.action.setup-finished'),
      election: undefined,
      actor: page.t('audit.actor-system'),
    },
    { ...entry, sentence: page.t('audit.action.election-created') },
    {
      ...entry,
      sentence: page.t('audit.action.voters-added'),
      details: [[page.t('audit.detail.added'), '598']] as const,
    },
    {
      ...entry,
      sentence: page.t('audit.action.candidate-edited'),
      subject: page.t('audit.subject-candidate', { name: 'Camille Roussel & Idris Benali' }),
      actor: 'Barthélemy Vandenberghe-Lefebvre de la Rochefoucauld',
    },
    {
      ...entry,
      sentence: page.t('audit.action.candidate-removed'),
      subject: page.t('audit.gone', { id: '5a0d6c1e' }),
      actor: page.t('audit.gone-account', { id: '1f0c3a7b' }),
      reason: say(
        'The list withdrew by letter of 12 March; the letter lies with the secretary.',
        'La liste s’est retirée par courrier du 12 mars\u202F; le courrier se trouve au secrétariat.',
      ),
    },
    { ...entry, sentence: page.t('audit.action.election-armed'), details: [key] },
  ];
  return told
    .map((one, index) => ({ ...one, position: index + 1, at: window.opensAt + index * 17 * minute }))
    .toReversed();
}

const viewOf = (page: Page, say: Say, more: Partial<AuditView>): AuditView => ({
  zone,
  now: window.opensAt,
  entries: entries(page, say),
  count: 312,
  pageNumber: 2,
  pageCount: 7,
  values: nothing,
  problems: {},
  elections: [{ value: 'e', label: nameOf(say) }],
  actors: [{ value: 'a', label: 'Anaïs Martin' }],
  actions: [{ value: 'b', label: page.t('audit.action.box-opened') }],
  chain: { checkedAt: window.opensAt, checkUrl: '/console/audit/check' },
  ...more,
});

export function auditSamples(): Sample[] {
  const sample = (name: string, more: (page: Page, say: Say) => Partial<AuditView>): Sample => ({
    name,
    signedIn: true,
    render: (page) => auditPage(page, viewOf(page, sayIn(page.locale), more(page, sayIn(page.locale)))),
  });
  return [
    sample('audit', () => ({})),
    sample('audit-empty', () => ({ entries: [], count: 0, chain: { checkUrl: '/console/audit/check' } })),
    sample('audit-none-found', (page) => ({
      entries: [],
      count: 0,
      values: { ...nothing, actor: 'a', from: '2026-02-30' },
      problems: { from: page.t('field.day') },
    })),
    sample('audit-election-broken', (page, say) => ({
      election: head(say, 'open'),
      chain: {
        checkedAt: window.opensAt,
        fault: page.t('audit.fault-entry-changed', { position: 1034 }),
        checkUrl: '/console/audit/check',
      },
    })),
    panel('integrity-open', (page, say) => ({ election: head(say, 'open'), checks: checksOf(page) })),
    panel('integrity-alarm', (page, say) => ({
      election: { ...head(say, 'closed'), alarms: ['counts', 'box'] },
      checks: checksOf(page, true),
      sealed: { sealedAt: window.closesAt, ballots: 413, signatures: 414, boxHash: fingerprint },
    })),
    {
      name: 'election-alarm',
      render: (page) =>
        electionPage(page, {
          ...electionOf(sayIn(page.locale), {
            phase: 'published',
            hasRecord: true,
            hasMinutes: true,
            result: troubledResultOf(sayIn(page.locale)),
          }),
          alarms: ['counts', 'box'],
        }),
    },
  ];
}

function panel(name: string, viewOf: (page: Page, say: Say) => Omit<IntegrityView, 'zone'>): Sample {
  const render = (page: Page) => integrityPage(page, { zone, ...viewOf(page, sayIn(page.locale)) });
  return { name, signedIn: true, render };
}

function checksOf(page: Page, bad = false): readonly CheckView[] {
  const calm = { checkedAt: window.closesAt, since: window.opensAt, checks: 1312, failures: 0 };
  const wrong = { ...calm, since: window.closesAt, checks: 1, failures: 1, failedAt: window.closesAt };
  const fault = (name: 'counts-differ' | 'box-differs') => page.t(`integrity.fault-${name}`);
  return [
    bad ? { name: 'counts', ...wrong, fault: fault('counts-differ') } : { name: 'counts', ...calm },
    bad ? { name: 'box', ...wrong, fault: fault('box-differs') } : { name: 'box', checks: 0, failures: 0 },
    { name: 'chain', ...calm, failures: 3, failedAt: window.opensAt },
  ];
}
