// The roll in every state, and one voter.
import { renderSVG } from 'uqr';
import type { Html, Page } from '../../packages/server/src/views/page.ts';
import { noQuery } from '../../packages/server/src/views/roll-query.ts';
import { type TimelineRow, voterPage } from '../../packages/server/src/views/voter.ts';
import { accessDeedPage, accessPage } from '../../packages/server/src/views/voter-access.ts';
import { type SummaryView, voterDryRunPage } from '../../packages/server/src/views/voter-dry-run.ts';
import { voterImportPage } from '../../packages/server/src/views/voter-import.ts';
import { type VoterMail, voterMailPage } from '../../packages/server/src/views/voter-mails.ts';
import { voterRemovalPage } from '../../packages/server/src/views/voter-removal.ts';
import { votersPage } from '../../packages/server/src/views/voters.ts';
import { head, type Say, sayIn, votersIn, window } from './models.ts';
import { letterOf } from './mails.ts';
import type { Sample } from './sample.ts';

const query = {
  ...noQuery,
  q: 'benchek',
  inPromotion: 'E2',
  mail: 'rejected',
  mailKind: 'link',
  sort: '-name',
} as const;

const timeline = (say: Say): TimelineRow[] => [
  { day: '2026-02-02', what: 'added' },
  {
    day: '2026-03-10',
    what: 'edited',
    by: 'Anaïs Martin',
    reason: say('The address was misspelt.', 'L’adresse était mal écrite.'),
  },
  {
    day: '2026-03-15',
    what: 'link-replaced',
    by: 'Anaïs Martin',
    reason: say('The link was forwarded to a mailing list.', 'Le lien a été transféré à une liste de diffusion.'),
  },
];

const summaryIn = (page: Page, say: Say): SummaryView => ({
  encoding: 'windows-1252',
  columns: [
    { field: 'lastName', header: 'Nom' },
    { field: 'firstName', header: 'Prénom' },
    { field: 'email', header: 'Courriel' },
    { field: 'promotion', header: 'Promo' },
    { field: 'building', header: 'Bâtiment' },
  ],
  ignored: ['Téléphone'],
  added: 12,
  changed: 2,
  unchanged: 280,
  problemCount: 3,
  problems: [
    { line: 2, sentence: page.t('reason.csv-email') },
    { line: 17, sentence: `${page.t('reason.csv-unknown-promotion', { detail: 'E1' })} (E11)` },
    { line: 341, sentence: page.t('reason.csv-foreign-domain', { detail: 'esiee.fr, edu.esiee.fr' }) },
  ],
  changes: [
    { line: 4, name: 'Benchekroun Mohammed-Amine', fields: [{ field: 'promotion', before: 'E1', after: 'E2' }] },
    {
      line: 9,
      name: 'Caron Lou',
      fields: [
        { field: 'lastName', before: 'Caron', after: 'Caron-Lefebvre' },
        { field: 'building', before: '', after: 'Perrault' },
      ],
    },
  ],
  fresh: ['Aubert Zoé', 'Ernst Paul'],
  buildings: ['Perrault', say('North wing', 'Aile nord')],
});

const mailsOf = (phase: 'draft' | 'open' | 'closed'): VoterMail[] => {
  const at = Date.UTC(2026, 2, 12, 8, 4);
  const refused = { status: 'rejected', cause: 'mailbox-full', replyCode: '5.2.2', at } as const;
  const taken = { status: 'accepted', cause: '', replyCode: '', at } as const;
  if (phase === 'draft') return [{ kind: 'invitation', canSend: true }];
  return [
    { kind: 'invitation', last: taken, canSend: false },
    { kind: 'link', last: refused, canSend: phase === 'open' },
    { kind: 'reminder', canSend: phase === 'open' },
  ];
};

export function voterSamples(): Sample[] {
  const inLanguage = (name: string, render: (page: Page, say: Say) => Html): Sample => ({
    name,
    signedIn: true,
    render: (page) => render(page, sayIn(page.locale)),
  });
  const voterIn = (say: Say, phase: 'draft' | 'open' | 'closed', index: number) => {
    const { voters, ...view } = votersIn(say, phase);
    const voter = voters[index]!;
    return { ...view, voter, mails: mailsOf(phase), timeline: timeline(say), values: { ...voter, reason: '' }, query };
  };
  return [
    inLanguage('voters-open', (page, say) => votersPage(page, votersIn(say, 'open'))),
    inLanguage('voters-filtered', (page, say) => {
      const view = votersIn(say, 'draft');
      const counts = { ...view.counts, matching: 6 };
      return votersPage(page, { ...view, query, counts, voters: view.voters.slice(0, 6), pageCount: 1 });
    }),
    inLanguage('voters-no-match', (page, say) => {
      const view = votersIn(say, 'open');
      return votersPage(page, { ...view, query, counts: { ...view.counts, matching: 0 }, voters: [], pageCount: 1 });
    }),
    inLanguage('voters-purged', (page, say) =>
      votersPage(page, { ...votersIn(say, 'archived'), voters: [], purgedAt: window.closesAt + 90 * 86_400_000 }),
    ),
    inLanguage('voters-late-wrong', (page, say) => {
      const problems = {
        reason: page.t('field.reason'),
        email: page.t('field.foreign-domain', { detail: 'esiee.fr' }),
      };
      const choices = { language: 'en' as const, promotionList: ['E1', 'E2'], promotions: [], buildings: [] };
      return votersPage(page, { ...votersIn(say, 'open'), problems, choices, voters: [], pageCount: 1 });
    }),
    inLanguage('voter-draft', (page, say) => voterPage(page, voterIn(say, 'draft', 1))),
    inLanguage('voter-open', (page, say) => voterPage(page, voterIn(say, 'open', 3))),
    inLanguage('voter-voted', (page, say) =>
      voterPage(page, {
        ...voterIn(say, 'open', 2),
        timeline: [...timeline(say), { day: '2026-03-15', what: 'voted' }],
      }),
    ),
    inLanguage('voter-mail', (page, say) =>
      voterMailPage(page, {
        election: head(say, 'open'),
        voter: votersIn(say, 'open').voters[3]!,
        query,
        kind: 'link',
        letter: letterOf(page, say),
        isSecond: true,
      }),
    ),
    inLanguage('voter-link', (page, say) =>
      accessDeedPage(page, {
        election: head(say, 'open'),
        voter: votersIn(say, 'open').voters[1]!,
        query,
        deed: 'link',
        reason: '',
        problems: { reason: page.t('field.reason') },
      }),
    ),
    {
      ...inLanguage('voter-access', (page, say) => {
        const link = 'https://vote.example.org/vote/1f0c3a7b-8f5e-4a0f-9d53-5a0d6c1e1000';
        return accessPage(page, {
          election: head(say, 'open'),
          voter: votersIn(say, 'open').voters[1]!,
          query,
          window,
          link,
          shortAddress: 'https://vote.example.org/vote',
          personalKey: '7K3MZQ0X9V2B4000',
          code: '1837',
          qrSvg: renderSVG(link, { border: 0 }),
        });
      }),
      printed: true,
    },
    inLanguage('import', (page, say) => {
      const last = { id: 'i1', at: window.opensAt };
      return voterImportPage(page, { election: head(say, 'draft'), zone: window.zone, last, problems: {} });
    }),
    inLanguage('import-workbook', (page, say) => {
      const problems = { file: page.t('reason.csv-workbook') };
      return voterImportPage(page, { election: head(say, 'draft'), zone: window.zone, last: undefined, problems });
    }),
    ...(['reading', 'ready', 'refused', 'running', 'done', 'interrupted'] as const).map((state) =>
      inLanguage(`import-${state}`, (page, say) =>
        voterDryRunPage(page, {
          election: head(say, 'draft'),
          id: 'i1',
          state,
          done: 8412,
          total: 20_000,
          summary: state === 'reading' ? undefined : summaryIn(page, say),
        }),
      ),
    ),
    inLanguage('voter-removal', (page, say) => {
      const voters = votersIn(say, 'draft').voters.slice(0, 10);
      return voterRemovalPage(page, { election: head(say, 'draft'), query, matching: 37, voters, problems: {} });
    }),
  ];
}
