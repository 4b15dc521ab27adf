// `votix import_voters --send-link`: whoever is new in the spreadsheet comes onto the roll of an armed election, and exactly
// they are sent their link. Everything that could stand in the way is looked at first: then nothing is imported either.

import type { Config } from '../config.ts';
import { type ElectionRow, listElections } from '../domain/elections.ts';
import { addLateVoters } from '../domain/late-voters.ts';
import { isOver, phaseOf } from '../domain/lifecycle.ts';
import { mailProblem } from '../domain/mailings.ts';
import { isSecureBase, readOrganisation, readSettings } from '../domain/settings.ts';
import { readVoterCsv } from '../domain/voter-csv.ts';
import { gatherPlan, planImport, type VoterPlan } from '../domain/voter-plan.ts';
import type { Instance } from '../instance.ts';
import { readSmtpSettings } from '../mail/settings.ts';
import { isMessageKey, translatorFor } from '../messages/translate.ts';
import { type Answer, type AnswerOptions, type Refused, refused } from './answer.ts';
import { carry } from './send-mails.ts';
import { readVoters, refusalOf } from './validate-csv.ts';

export interface ImportOptions extends AnswerOptions {
  readonly file: string;
  readonly election?: string;
  readonly dryRun?: boolean;
  readonly sendLink?: boolean;
  readonly reason?: string;
}

const t = translatorFor('en');
const usualReason = 'Added by votix import_voters --send-link';
const mostNamed = 20;

export async function importAndSend(instance: Instance, config: Config, options: ImportOptions): Promise<Answer> {
  const { db } = instance;
  const election = await chooseArmed(instance, options.election);
  if ('ok' in election) return election;
  const obstacle = await obstacleOf(instance, config, election);
  if (obstacle) return obstacle;
  const read = await readVoters(options.file);
  if (!read.ok) return read.refusal;
  const rules = await readSettings(db.reader, config.given);
  const plan = await gatherPlan(planImport(db.reader, election.id, readVoterCsv(read.source), rules));
  if (plan.problems.length > 0) return refusalOf(plan.problems);
  const told = describe(election, plan);
  if (options.dryRun === true) return { ok: true, text: told.would, facts: { ...told.facts, dryRun: true } };
  if (plan.fresh.length === 0) return { ok: true, text: told.done, facts: told.facts };
  const reason = options.reason?.trim() || usualReason;
  const added = await addLateVoters(db, 'command', { electionId: election.id, fresh: plan.fresh, reason });
  if (!added.ok) return nothingImported(added.reason);
  const sent = await carry(instance, config, added.mailingId);
  const facts = { ...sent.facts, ...told.facts };
  // The voters stay in any case: what was not taken waits in the outbox, or is listed on the page of the mails.
  return sent.ok
    ? { ok: true, text: `${told.done}\nLinks: ${sent.text}`, facts }
    : { ...sent, sentence: `${told.done}\nLinks: ${sent.sentence}`, facts };
}

async function chooseArmed({ db }: Instance, id: string | undefined): Promise<ElectionRow | Refused> {
  const [elections, now] = [await listElections(db.reader), await db.now()];
  if (id !== undefined) return elections.find((each) => each.id === id) ?? nothingImported('unknown-election');
  const running = elections.filter((each) => each.rehearsal_of === null && !isOver(phaseOf(each, now)));
  const armed = running.filter((each) => mailProblem('link', phaseOf(each, now)) === undefined);
  if (armed.length === 1) return armed[0]!;
  if (armed.length === 0) return nothingImported(running.length > 0 ? 'election-not-armed' : 'unknown-election');
  const list = armed.map((each) => `  ${each.id}  ${each.name}`).join('\n');
  return refused('which-election', `Several elections are armed. Name one with --election:\n${list}`);
}

async function obstacleOf(instance: Instance, config: Config, election: ElectionRow): Promise<Refused | undefined> {
  const { db, vault } = instance;
  const organisation = await readOrganisation(db.reader, config.given);
  if (!organisation) return refused('not-set-up', 'Votix is not set up yet. Start it and follow the link it prints.');
  const problem = mailProblem('link', phaseOf(election, await db.now()));
  if (problem) return nothingImported(problem);
  if (election.sealing === 'verifiable') return nothingImported('roll-frozen');
  if (!(await readSmtpSettings(db.reader, vault, config.given))) return nothingImported('mail-not-set-up');
  return isSecureBase(organisation.baseUrl) ? undefined : nothingImported('insecure-base-url');
}

/** In the words of the console, and what an operator does then. */
function nothingImported(reason: string): Refused {
  const key = `reason.${reason}.detail`;
  const why = ownWords[reason] ?? (isMessageKey(key) ? t(key) : reason);
  return refused(reason, `${why}\nNothing was imported.`);
}

const ownWords: Readonly<Record<string, string>> = {
  'unknown-election': 'There is no such election.',
  'election-not-armed':
    'The election is not armed yet: there is nothing to vote on. Import without --send-link, arm it, then use votix send_links.',
  'roll-changed': 'The roll has changed meanwhile. Run the command again.',
};

/** The same sentence before and after; who is on the roll otherwise than in the file stays as they are. */
function describe({ id, name, code_channel }: ElectionRow, { fresh, changed, unchanged }: VoterPlan) {
  const facts = { election: id, added: fresh.length, kept: changed.length, unchanged };
  const counts = `${name}: ${fresh.length} new, ${unchanged} known`;
  const lines = changed.slice(0, mostNamed).map(({ line }) => line);
  const kept =
    changed.length === 0
      ? []
      : [
          `${changed.length} on the roll with other details, left as they are (line ${lines.join(', ')}): the roll is frozen since arming.`,
        ];
  const names = fresh.slice(0, mostNamed).map(({ email }) => `  ${email}`);
  const more = fresh.length > mostNamed ? [`  and ${fresh.length - mostNamed} more`] : [];
  const nobody = fresh.length === 0;
  const apart = code_channel === 'same-mail' || nobody ? [] : ['Their codes do not travel with the link.'];
  const recipients = nobody ? ['No link would be sent.'] : [`${fresh.length} link(s) would go to:`, ...names, ...more];
  return {
    facts,
    would: [`Would import into ${counts}.`, ...kept, ...recipients].join('\n'),
    done: [`Imported into ${counts}.`, ...kept, ...(nobody ? ['No link was sent.'] : apart)].join('\n'),
  };
}
