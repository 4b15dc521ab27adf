// The console's frame: who is signed in, the sections of the instance, and on the left the steps of the election one works
// on. Only what the account's role may open is shown.
import { html } from 'hono/html';
import { alarmBanner, type AlarmName } from './alarm.ts';
import { attributes } from './attributes.ts';
import { displaySwitch } from './display-switch.ts';
import { documentOf, languageSwitch, siteFooter } from './layout.ts';
import { mark } from './mark.ts';
import { notice } from './notice.ts';
import type { Account, Html, Page } from './page.ts';
import { type Phase, phasePill } from './phase.ts';

export type Role = Account['role'];
const everyone: readonly Role[] = ['admin', 'technician', 'observer'];
const readers: readonly Role[] = ['admin', 'observer'];
const makers: readonly Role[] = ['admin', 'technician'];
const administrators: readonly Role[] = ['admin'];

/** The steps of an election, in their order, each with those who may open its page. */
const steps = {
  overview: everyone,
  details: readers,
  contests: readers,
  candidates: everyone,
  voters: everyone,
  participation: everyone,
  mails: readers,
  trustees: administrators,
  credentials: administrators,
  rehearsal: readers,
  arm: administrators,
  sheets: administrators,
  deliberate: administrators,
  result: readers,
  changes: readers,
  integrity: readers,
  log: readers,
  archive: readers,
} as const;
export type ConsoleStep = keyof typeof steps;
const consoleSteps = Object.keys(steps) as readonly ConsoleStep[];

export const mayOpen = (step: ConsoleStep, role: Role): boolean => steps[step].includes(role);

/** The pages of the whole instance, in their order: where they are, and who may open them. */
const sections = {
  elections: { path: '/console', roles: everyone },
  buildings: { path: '/console/buildings', roles: everyone },
  audit: { path: '/console/audit', roles: readers },
  configure: { path: '/console/configure/general', roles: readers },
  users: { path: '/console/users', roles: administrators },
  system: { path: '/console/system', roles: makers },
} as const satisfies Readonly<Record<string, { readonly path: string; readonly roles: readonly Role[] }>>;
/** One's own account is reached by one's name, not from the sections. */
export type ConsoleSection = keyof typeof sections | 'account';

/** The election one works on, as every console page about it is given. */
export interface ElectionHead {
  readonly id: string;
  readonly name: string;
  readonly phase: Phase;
  /** Integrity checks that fail: said on every page. */
  readonly alarms?: readonly AlarmName[];
  /** Sealed so that everyone can check: it has trustees, and a code for each voter. */
  readonly isVerifiable?: boolean;
  /** The election that this one rehearses. */
  readonly rehearsalOf?: string | undefined;
}

export interface ConsoleParts {
  readonly title: string;
  readonly content: Html;
  readonly election?: ElectionHead | undefined;
  readonly current?: ConsoleStep;
  /** Where there is no election. */
  readonly section?: ConsoleSection;
  readonly hasProblems?: boolean;
  readonly scripts?: readonly ('keys' | 'proof' | 'deliberation')[];
}

export function layoutConsole(page: Page, parts: ConsoleParts): Html {
  const { title, content, election, current = 'overview', hasProblems = false, scripts = [] } = parts;
  const section = parts.section ?? 'elections';
  const main = html`<main id="content" class="console-main" tabindex="-1">
    ${page.insecure ? notice('warn', page.t('console.insecure-title'), page.t('console.insecure')) : ''}
    ${election === undefined ? '' : alarmBanner(page, election.alarms ?? [], `/console/elections/${election.id}/integrity`)}
    ${content} ${election !== undefined && open.includes(current) ? toSteps(page, election) : ''}
  </main>`;
  const body = html`${consoleHeader(page, section)}
    <div class="console-frame ${election === undefined ? 'console-frame--alone' : ''}">
      ${election === undefined ? '' : electionNavigation(page, election, current)} ${main}
    </div>
    ${siteFooter(page)}`;
  const fullTitle = election === undefined ? title : `${title} – ${election.name}`;
  return documentOf(page, {
    title: fullTitle,
    hasProblems,
    bodyClass: 'console',
    scripts: ['console', ...scripts],
    body,
  });
}

function consoleHeader(page: Page, current: ConsoleSection): Html {
  return html`<header class="site-header console-header">
    <div class="site-header-inner">
      <a class="brand" href="${page.href('/console')}">${mark()}<span>${page.organisation || 'Votix'}</span></a>
      <div class="account">
        ${displaySwitch(page)} ${languageSwitch(page)}
        ${
          page.account === undefined
            ? ''
            : html`<a class="account-name" href="${page.href('/console/account')}">${page.account.name}</a>
              <form method="post" action="${page.href('/logout')}">
                <button class="button button--quiet button--small">${page.t('nav.logout')}</button>
              </form>`
        }
      </div>
      ${page.account === undefined ? '' : sectionNavigation(page, page.account, current)}
    </div>
  </header>`;
}

/** With one section only there is nowhere to go. */
function sectionNavigation(page: Page, { role }: Account, current: ConsoleSection): Html | '' {
  const allowed = Object.entries(sections).filter(([, { roles }]) => roles.includes(role));
  if (allowed.length < 2) return '';
  return html`<nav class="console-sections" aria-label="${page.t('nav.sections')}">
    <ul>
      ${allowed.map(
        ([name, { path }]) => html`<li>
          <a href="${page.href(path)}" ${attributes({ 'aria-current': name === current ? 'true' : undefined })}
            >${page.t(`nav.section.${name as keyof typeof sections}`)}</a
          >
        </li>`,
      )}
    </ul>
  </nav>`;
}

function stepPath(electionId: string, step: ConsoleStep): string {
  return step === 'overview' ? `/console/elections/${electionId}` : `/console/elections/${electionId}/${step}`;
}

/** Beside the content on wide screens; one folded line above it on phones. Only one of the two is ever displayed. */
function electionNavigation(page: Page, election: ElectionHead, current: ConsoleStep): Html {
  const name = html`<p class="console-side-name">${election.name} ${phasePill(page, election.phase)}</p>`;
  return html`<nav class="console-side" aria-label="${page.t('nav.steps')}">
    ${wayBack(page, election)}
    ${current === 'overview' ? '' : name}
    <div class="console-nav">${stepList(page, election, current)}</div>
    <details class="console-nav-folded">
      <summary>${page.t('nav.step')} <span>${page.t(`nav.step.${current}`)}</span></summary>
      ${stepList(page, election, current)}
    </details>
  </nav>`;
}

/** From a rehearsal to the page of the real election that leads through it. */
function wayBack(page: Page, { rehearsalOf }: ElectionHead): Html {
  const [path, name] =
    rehearsalOf === undefined
      ? ['/console', page.t('nav.all-elections')]
      : [`/console/elections/${rehearsalOf}/rehearsal`, page.t('nav.rehearsal-steps')];
  return html`<p class="console-side-back"><a href="${page.href(path)}">${name}</a></p>`;
}

/** Steps that do not end by themselves: whoever has done enough is led back to the list, where what comes next stands. */
const open: readonly ConsoleStep[] = ['details', 'contests', 'candidates', 'voters', 'mails', 'trustees', 'rehearsal'];

function toSteps(page: Page, { id }: ElectionHead): Html {
  return html`<p class="console-on screen-only">
    <a href="${page.href(stepPath(id, 'overview'))}">${page.t('nav.to-steps')}</a>
  </p>`;
}

/** A rehearsal has what its election has; these are changed there, or mean nothing in it. */
const realOnly: readonly ConsoleStep[] = ['details', 'contests', 'candidates', 'rehearsal', 'changes', 'archive'];

function stepList(page: Page, election: ElectionHead, current: ConsoleStep): Html {
  const step = (name: ConsoleStep) => html`<li>
    <a
      href="${page.href(stepPath(election.id, name))}"
      ${attributes({ 'aria-current': name === current ? 'page' : undefined })}
      >${page.t(`nav.step.${name}`)}</a
    >
  </li>`;
  const role = page.account?.role ?? 'observer';
  const belongs = (name: ConsoleStep) =>
    ((name !== 'trustees' && name !== 'credentials') || election.isVerifiable === true) &&
    (election.rehearsalOf === undefined || !realOnly.includes(name));
  const shown = consoleSteps.filter((name) => mayOpen(name, role) && belongs(name));
  return html`<ul>
    ${shown.map(step)}
  </ul>`;
}
