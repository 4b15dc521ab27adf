// What an import would do to the roll: who is new, who changes and how, who stays, and everything wrong. Nothing is written
// here; the digest of a plan says whether another one would do the same.

import { createHash } from 'node:crypto';
import { listBuildings } from '../storage/buildings.ts';
import type { Reader } from '../storage/database.ts';
import { listVotersByKey, type VoterRow } from '../storage/voters.ts';
import { emailKey } from './accounts.ts';
import { type Language, languageSchema } from './languages.ts';
import { nameKey } from './text.ts';
import { breather, slices } from './turns.ts';
import type { CsvProblem, CsvVoter, VoterFile } from './voter-csv.ts';
import { judgeVoter, type VoterRules } from './voter-rules.ts';
import type { VoterDraft } from './voters.ts';

export interface VoterChange {
  readonly line: number;
  readonly before: VoterRow;
  /** The building's name before. */
  readonly building: string;
  readonly draft: VoterDraft;
}

export interface VoterPlan {
  readonly fresh: readonly VoterDraft[];
  readonly changed: readonly VoterChange[];
  readonly unchanged: number;
  readonly problems: readonly CsvProblem[];
  /** Names of buildings that do not exist yet. */
  readonly buildings: readonly string[];
  readonly digest: string;
}

interface Making {
  readonly fresh: VoterDraft[];
  readonly changed: VoterChange[];
  readonly problems: CsvProblem[];
  unchanged: number;
}

export async function planImport(
  db: Reader,
  electionId: string,
  file: VoterFile,
  rules: VoterRules,
): Promise<VoterPlan> {
  const buildings = await listBuildings(db);
  const nameOf = new Map(buildings.map(({ id, name }) => [id, name]));
  const making: Making = { fresh: [], changed: [], problems: [...file.problems], unchanged: 0 };
  const given = new Set(file.columns.map(({ field }) => field));
  const breathe = breather();
  for (const slice of slices(file.voters)) {
    const rows = await listVotersByKey(
      db,
      electionId,
      slice.map(({ draft }) => emailKey(draft.email)),
    );
    const byKey = new Map(rows.map((row) => [row.email_key, row]));
    for (const voter of slice) {
      const before = byKey.get(emailKey(voter.draft.email));
      const building = nameOf.get(before?.building_id ?? '') ?? '';
      place(making, { voter: kept(voter, given, before, building), before, building, rules });
    }
    await breathe();
  }
  const { fresh, changed, unchanged, problems } = making;
  const known = new Set(buildings.map(({ name_key }) => name_key));
  const plan = { fresh, changed, unchanged, problems: problems.toSorted((a, b) => a.line - b.line) };
  return {
    ...plan,
    buildings: newBuildings([...fresh, ...changed.map(({ draft }) => draft)], known),
    digest: digestOf(plan),
  };
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

function newBuildings(drafts: readonly VoterDraft[], known: ReadonlySet<string>): string[] {
  const found = new Map<string, string>();
  for (const { building } of drafts) {
    const key = nameKey(building);
    if (building !== '' && !known.has(key) && !found.has(key)) found.set(key, building);
  }
  return [...found.values()];
}

function digestOf({ fresh, changed, problems }: Pick<VoterPlan, 'fresh' | 'changed' | 'problems'>): string {
  const hash = createHash('sha256');
  const add = (value: unknown) => hash.update(`${JSON.stringify(value)}\n`);
  for (const draft of fresh) add(draft);
  for (const { before, draft } of changed) add([before, draft]);
  add(problems.length);
  return hash.digest('hex');
}
