// What /configure saves: several settings at once or none, checked alone and together, with one entry of the audit log that
// names them and never says their values. A text that the environment says as well is not saved, so that the environment
// goes on deciding it.

import type { Database, Writer } from '../storage/database.ts';
import { lockElection, updateElection } from '../storage/elections.ts';
import { deleteSetting, lockSettings, saveSetting } from '../storage/settings.ts';
import { recordAudit } from './audit-log.ts';
import type { ConfirmedAdmin } from './scopes.ts';
import { settingKinds } from './setting-kinds.ts';
import { definitionOfSetting, type Given, type LiveName } from './setting-list.ts';
import { isSameSetting, readSavedTexts, type SavedTexts, savedRow, textInForce, valueInForce } from './settings.ts';
import type { Vault } from './vault.ts';

/** A new text, what the environment says, or nothing although the environment says something. */
export type Wish =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'environment' } | { readonly kind: 'none' };

/** Settings that are not named stay as they are. */
export type Wishes = Readonly<Partial<Record<LiveName, Wish>>>;

export interface SettingsWish {
  readonly wishes: Wishes;
  readonly given: Given;
  /** The draft whose window becomes the one in force afterwards. */
  readonly draft?: string | undefined;
}

export type SettingProblem = 'wrong' | 'end-before-start' | 'password-without-user' | 'password-again';
export type SettingProblems = Readonly<Partial<Record<LiveName, SettingProblem>>>;

export type SettingsChange =
  | { readonly ok: true; readonly changed: readonly LiveName[] }
  | { readonly ok: false; readonly reason: 'settings-wrong'; readonly problems: SettingProblems }
  | { readonly ok: false; readonly reason: 'unknown-election' | 'election-armed' };

/** What will stand in the table; null where nothing will. */
type NewRows = ReadonlyMap<LiveName, string | null>;

export async function changeSettings(
  db: Database,
  vault: Vault,
  actor: ConfirmedAdmin,
  { wishes, given, draft }: SettingsWish,
): Promise<SettingsChange> {
  const wrong = wrongTexts(wishes);
  if (Object.keys(wrong).length > 0) return { ok: false, reason: 'settings-wrong', problems: wrong };
  const rows = await newRows(vault, wishes, given);
  return db.write(async (tx) => {
    const election = draft === undefined ? undefined : await lockElection(db, tx, draft);
    if (draft !== undefined && !election) return { ok: false, reason: 'unknown-election' };
    if (election && election.armed_at !== null) return { ok: false, reason: 'election-armed' };
    await lockSettings(db, tx);
    const before = await readSavedTexts(tx);
    const after = withRows(before, rows);
    const problems = problemsTogether({ before, after, given, wishes });
    if (Object.keys(problems).length > 0) return { ok: false, reason: 'settings-wrong', problems };
    const changed = [...rows.keys()].filter((name) => before.get(savedRow(name)) !== after.get(savedRow(name)));
    for (const name of changed) await write(tx, name, rows.get(name) ?? null);
    if (election && (await moveWindow(tx, election, after, given)))
      await recordAudit(db, tx, { actor, action: 'election-edited', electionId: election.id });
    if (changed.length > 0)
      await recordAudit(db, tx, { actor, action: 'settings-changed', details: { settings: changed.join(', ') } });
    return { ok: true, changed };
  });
}

/** Nothing where something is needed is wrong, too. */
function wrongTexts(wishes: Wishes): SettingProblems {
  const wrong = Object.entries(wishes).filter(([name, wish]) => {
    const { kind, required = false, default: fallback } = definitionOfSetting(name as LiveName);
    const isNeeded = required || fallback !== undefined;
    if (wish.kind === 'environment') return false;
    if (wish.kind === 'none' || wish.text === '') return isNeeded;
    return !settingKinds[kind].safeParse(wish.text).success;
  });
  return Object.fromEntries(wrong.map(([name]) => [name, 'wrong']));
}

async function newRows(vault: Vault, wishes: Wishes, given: Given): Promise<NewRows> {
  const rows = new Map<LiveName, string | null>();
  for (const [key, wish] of Object.entries(wishes)) {
    const name = key as LiveName;
    const { secret = false } = definitionOfSetting(name);
    const text = wish.kind === 'text' ? wish.text : '';
    const isGiven = secret ? text === '' && given[name] === undefined : isSameSetting(name, text, given[name]);
    if (wish.kind === 'environment' || isGiven) rows.set(name, null);
    else rows.set(name, secret && text !== '' ? await vault.seal('setting', name, text) : text);
  }
  return rows;
}

function withRows(before: SavedTexts, rows: NewRows): SavedTexts {
  const after = new Map(before);
  for (const [name, text] of rows) {
    if (text === null) after.delete(savedRow(name));
    else after.set(savedRow(name), text);
  }
  return after;
}

const write = (tx: Writer, name: LiveName, text: string | null): Promise<void> =>
  text === null ? deleteSetting(tx, savedRow(name)) : saveSetting(tx, savedRow(name), text);

interface Together {
  readonly before: SavedTexts;
  readonly after: SavedTexts;
  readonly given: Given;
  readonly wishes: Wishes;
}

/** What is wrong only when several are looked at; told at a field of those that were touched where there is one. */
function problemsTogether(together: Together): SettingProblems {
  const { after, given, wishes } = together;
  const touches = (...names: readonly LiveName[]) => names.some((name) => wishes[name] !== undefined);
  const text = (name: LiveName) => textInForce(after, given, name);
  const [start, end] = [valueInForce(after, given, 'VOTING_START'), valueInForce(after, given, 'VOTING_END')];
  const isBackwards = start !== undefined && end !== undefined && end <= start;
  const isNameless = (of: Protocol) => text(`${of}_PASSWORD`) !== undefined && text(`${of}_USERNAME`) === undefined;
  return {
    ...(touches('VOTING_START', 'VOTING_END') && isBackwards && { VOTING_END: 'end-before-start' }),
    ...problemsOfPassword('SMTP'),
    ...problemsOfPassword('IMAP'),
  };

  function problemsOfPassword(of: Protocol): SettingProblems {
    return {
      ...(touches(`${of}_PASSWORD`, `${of}_USERNAME`) &&
        isNameless(of) && { [`${of}_USERNAME`]: 'password-without-user' }),
      ...(touches(`${of}_PASSWORD`, `${of}_SERVER`, `${of}_VERIFY_SSL`) &&
        isPasswordAstray(of, together) && { [`${of}_PASSWORD`]: 'password-again' }),
    };
  }
}

/** Each has a server, a user, a password and whether its certificate is checked. */
type Protocol = 'SMTP' | 'IMAP';

/**
 * A password goes only to the server it was given for, over a connection that is checked as it was then: whoever may change
 * the server must not get to know the password that way.
 */
function isPasswordAstray(of: Protocol, { before, after, given, wishes }: Together): boolean {
  const [name, server, verify] = [`${of}_PASSWORD`, `${of}_SERVER`, `${of}_VERIFY_SSL`] as const;
  const password = textInForce(after, given, name);
  if (password === undefined || wishes[name]?.kind === 'text') return false;
  const isAsSafe = (from: SavedTexts) => {
    const isSame = valueInForce(after, given, server) === valueInForce(from, given, server);
    return isSame && (valueInForce(after, given, verify) === true || valueInForce(from, given, verify) === false);
  };
  if (textInForce(before, given, name) === password && isAsSafe(before)) return false;
  return after.has(savedRow(name)) || !isAsSafe(nothingSaved);
}

const nothingSaved: SavedTexts = new Map();

/** True when the draft has another window now. Half a window is none. */
async function moveWindow(
  tx: Writer,
  election: { readonly id: string; readonly opens_at: number; readonly closes_at: number },
  saved: SavedTexts,
  given: Given,
): Promise<boolean> {
  const [opens, closes] = [valueInForce(saved, given, 'VOTING_START'), valueInForce(saved, given, 'VOTING_END')];
  if (opens === undefined || closes === undefined) return false;
  if (opens === election.opens_at && closes === election.closes_at) return false;
  await updateElection(tx, election.id, { opens_at: opens, closes_at: closes });
  return true;
}
