// What an import would do to the roll, slice by slice: who is new, who changes and how, who stays, and everything wrong. Nothing is
// written here; the digest of a plan says whether another one would do the same.

import { createHash, type Hash } from 'node:crypto';
import { type BuildingRow, listBuildings } from '../storage/buildings.ts';
import type { Reader } from '../storage/database.ts';
import { countVoters, listVotersByKey, type VoterRow } from '../storage/voters.ts';
import { emailKey } from './accounts.ts';
import { type Language, languageSchema } from './languages.ts';
import { nameKey } from './text.ts';
import { breather } from './turns.ts';
import type { CsvProblem, CsvVoter, VoterColumns, VoterSlice } from './voter-csv.ts';
import { judgeVoter, type VoterRules } from './voter-rules.ts';
import type { VoterDraft } from './voters.ts';

export interface VoterChange {
  readonly line: number;
  readonly before: VoterRow;
  /** The building's name before. */
  readonly building: string;
  readonly draft: VoterDraft;
}

/** What is to be done for some lines of the file. */
export interface PlanSlice extends VoterColumns {
  readonly fresh: readonly VoterDraft[];
  readonly changed: readonly VoterChange[];
  readonly unchanged: number;
  readonly problems: readonly CsvProblem[];
}

interface Making {
  readonly fresh: VoterDraft[];
  readonly changed: VoterChange[];
  readonly problems: CsvProblem[];
  unchanged: number;
}

export async function* planImport(
  db: Reader,
  electionId: string,
  file: AsyncIterable<VoterSlice>,
  rules: VoterRules,
): AsyncGenerator<PlanSlice> {
  const nameOf = new Map((await listBuildings(db)).map(({ id, name }) => [id, name]));
  const breathe = breather();
  const isEmpty = (await countVoters(db, electionId)) === 0; // then nobody is looked for
  for await (const { voters, problems, ...columns } of file) {
    const making: Making = { fresh: [], changed: [], problems: [...problems], unchanged: 0 };
    const given = new Set(columns.columns.map(({ field }) => field));
    const keys = isEmpty ? [] : voters.map(({ draft }) => emailKey(draft.email));
    const rows = await listVotersByKey(db, electionId, keys);
    const byKey = new Map(rows.map((row) => [row.email_key, row]));
    for (const voter of voters) {
      const before = byKey.get(emailKey(voter.draft.email));
      const building = nameOf.get(before?.building_id ?? '') ?? '';
      place(making, { voter: kept(voter, given, before, building), before, building, rules });
    }
    yield { ...columns, ...making, problems: making.problems.toSorted((a, b) => a.line - b.line) };
    await breathe();
  }
}

/** A column that the file does not have changes nothing. */
function kept(voter: CsvVoter, given: ReadonlySet<string>, before: VoterRow | undefined, building: string): CsvVoter {
  if (!before) return voter;
  const { draft } = voter;
  return {
    line: voter.line,
    draft: {
      ...draft,
      promotion: given.has('promotion') ? draft.promotion : before.promotion,
      building: given.has('building') ? draft.building : building,
      language: given.has('language') ? draft.language : languageOf(before),
    },
  };
}

const languageOf = ({ language }: VoterRow): Language | '' => languageSchema.catch('').parse(language);

interface Placing {
  readonly voter: CsvVoter;
  readonly before: VoterRow | undefined;
  readonly building: string;
  readonly rules: VoterRules;
}

function place(making: Making, { voter: { line, draft }, before, building, rules }: Placing): void {
  const former = before && { email: draft.email, promotion: before.promotion };
  const judged = judgeVoter(rules, draft, former);
  if (!judged.ok) {
    for (const { field, reason, detail } of judged.problems)
      making.problems.push({ line, reason: `csv-${reason}`, detail, value: draft[field].slice(0, 60) });
    return;
  }
  const ruled = { ...draft, promotion: judged.promotion };
  if (!before) making.fresh.push(ruled);
  else if (isSame(before, building, ruled)) making.unchanged++;
  else making.changed.push({ line, before, building, draft: { ...ruled, email: before.email } });
}

const isSame = (row: VoterRow, building: string, draft: VoterDraft): boolean =>
  row.last_name === draft.lastName &&
  row.first_name === draft.firstName &&
  row.promotion === draft.promotion &&
  nameKey(building) === nameKey(draft.building) &&
  row.language === (draft.language ?? '');

/** What the slices of a plan come to. */
export class PlanTally {
  added = 0;
  changed = 0;
  unchanged = 0;
  problems = 0;
  readonly #hash: Hash = createHash('sha256');

  add({ fresh, changed, unchanged, problems }: PlanSlice): void {
    this.added += fresh.length;
    this.changed += changed.length;
    this.unchanged += unchanged;
    this.problems += problems.length;
    const done = [fresh, changed.map(({ before, draft }) => [before, draft]), problems.length];
    this.#hash.update(`${JSON.stringify(done)}\n`);
  }

  /** To be asked for once, at the end. */
  digest(): string {
    return this.#hash.digest('hex');
  }
}

/** Buildings that come with the list: by name, those that are not there yet. */
export class NewBuildings {
  readonly #known: ReadonlySet<string>;
  readonly #found = new Map<string, string>();

  constructor(known: readonly BuildingRow[]) {
    this.#known = new Set(known.map(({ name_key }) => name_key));
  }

  add({ fresh, changed }: PlanSlice): void {
    for (const { building } of [...fresh, ...changed.map(({ draft }) => draft)]) {
      const key = nameKey(building);
      if (building !== '' && !this.#known.has(key) && !this.#found.has(key)) this.#found.set(key, building);
    }
  }

  get names(): string[] {
    return [...this.#found.values()];
  }
}

/** A whole plan, for lists that are held in memory anyway. */
export interface VoterPlan extends Omit<PlanSlice, keyof VoterColumns> {
  readonly digest: string;
}

export async function gatherPlan(slices: AsyncIterable<PlanSlice>): Promise<VoterPlan> {
  const [fresh, changed, problems]: [VoterDraft[], VoterChange[], CsvProblem[]] = [[], [], []];
  const tally = new PlanTally();
  for await (const slice of slices) {
    tally.add(slice);
    fresh.push(...slice.fresh);
    changed.push(...slice.changed);
    problems.push(...slice.problems);
  }
  return { fresh, changed, unchanged: tally.unchanged, problems, digest: tally.digest() };
}
