// Each setting as /configure shows it: what is in force, who says so, and what the environment says beside it.

import type { Reader } from '../storage/database.ts';
import { definitionOfSetting, type Given, isLive, type LiveName, settingNames } from './setting-list.ts';
import { isSameSetting, readSavedTexts, type SavedTexts, savedRow, textInForce } from './settings.ts';

export interface SettingState {
  readonly name: LiveName;
  readonly isSet: boolean;
  /** As it is in force; of a secret never anything. */
  readonly text: string;
  readonly source: 'saved' | 'environment' | 'default' | 'nowhere';
  /** The environment says something else than what was saved: its words, of a secret an empty text. */
  readonly given?: string;
}

export async function readSettingStates(db: Reader, given: Given): Promise<SettingState[]> {
  const saved = await readSavedTexts(db);
  return settingNames.filter(isLive).map((name) => stateOf(saved, given, name));
}

function stateOf(saved: SavedTexts, given: Given, name: LiveName): SettingState {
  const { secret = false } = definitionOfSetting(name);
  const text = textInForce(saved, given, name) ?? '';
  const [isSaved, says] = [saved.has(savedRow(name)), given[name]];
  const state = { name, isSet: text !== '', text: secret ? '' : text };
  if (!isSaved) return { ...state, source: says !== undefined ? 'environment' : text === '' ? 'nowhere' : 'default' };
  const differs = says !== undefined && (secret || !isSameSetting(name, text, says));
  return { ...state, source: 'saved', ...(differs && { given: secret ? '' : says }) };
}
