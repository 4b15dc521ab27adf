// Settings as the fields of a form and back: what is typed becomes a wish only where it is another than the form was made
// with, so that two administrators do not undo each other's changes.

import type { Wish, Wishes } from '../domain/setting-changes.ts';
import { type SettingKind, settingKinds } from '../domain/setting-kinds.ts';
import { definitionOfSetting, isLive, type LiveName, settingNames } from '../domain/setting-list.ts';
import type { SettingState } from '../domain/setting-states.ts';
import { parseWallClock, wallClock } from '../domain/wall-clock.ts';
import { isMessageKey } from '../messages/translate.ts';
import type { ConfigureTab, SettingField } from '../views/configure.ts';
import type { Choice } from '../views/form.ts';
import type { Page } from '../views/page.ts';
import type { Request } from './deps.ts';
import { readForm } from './forms.ts';
import { zonesWith } from './time-zones.ts';

export interface TypedSetting {
  readonly text: string;
  readonly was: string;
  readonly again: boolean;
  readonly none: boolean;
  readonly isSecret: boolean;
}
export type Typed = Readonly<Partial<Record<LiveName, TypedSetting>>>;

type Shape = SettingField['shape'];
const shapes: Readonly<Partial<Record<SettingKind, Shape>>> = {
  'base-url': 'url',
  colour: 'colour',
  'connection-count': 'number',
  domains: 'area',
  email: 'email',
  flag: 'choice',
  instant: 'moment',
  language: 'choice',
  port: 'number',
  promotions: 'area',
  'rate-per-minute': 'number',
  retention: 'choice',
  secret: 'secret',
  zone: 'choice',
};
const shapeOf = (name: LiveName): Shape => shapes[definitionOfSetting(name).kind] ?? 'text';

export const namesOf = (tab: ConfigureTab): readonly LiveName[] =>
  settingNames.filter(isLive).filter((name) => definitionOfSetting(name).group === tab);

const plain = (text: string): string => text.replaceAll('\r\n', '\n').trim();

const parts = ['', 'was-', 'again-', 'none-', 'pick-', 'offered-'] as const;

export async function readTyped(c: Request, names: readonly LiveName[]): Promise<Typed> {
  const fields = names.flatMap((name) => parts.map((part) => `${part}${name}`));
  const form: Readonly<Record<string, string>> = await readForm(c, fields);
  const typedOf = (name: LiveName): TypedSetting => {
    const isSecret = shapeOf(name) === 'secret';
    const [typed, was] = [form[name] ?? '', plain(form[`was-${name}`] ?? '')];
    // Without scripts a colour that was picked does not reach the text.
    const [picked = '', offered = ''] = [form[`pick-${name}`], form[`offered-${name}`]];
    const isPicked = shapeOf(name) === 'colour' && plain(typed) === was && picked !== '' && picked !== offered;
    return {
      text: isSecret ? typed : plain(isPicked ? picked : typed),
      was,
      again: form[`again-${name}`] === 'yes',
      none: form[`none-${name}`] === 'yes',
      isSecret,
    };
  };
  return Object.fromEntries(names.map((name) => [name, typedOf(name)]));
}

export function wishesOf(typed: Typed, zone: string): Wishes {
  const wishes = Object.entries(typed).flatMap(([name, setting]): [string, Wish][] => {
    const wish = wishOf(name as LiveName, setting, zone);
    return wish ? [[name, wish]] : [];
  });
  return Object.fromEntries(wishes);
}

/** Something typed into the field of a secret says more than a box beside it. */
function wishOf(name: LiveName, { text, was, again, none, isSecret }: TypedSetting, zone: string): Wish | undefined {
  if (isSecret && text !== '') return { kind: 'text', text };
  if (again) return { kind: 'environment' };
  if (isSecret) return none ? { kind: 'none' } : undefined;
  if (text === was) return undefined;
  return { kind: 'text', text: shapeOf(name) === 'moment' ? momentText(text, zone) : text };
}

/** Seconds since 1970, as in `.env`; what is no moment stays as it is, and is refused. */
function momentText(text: string, zone: string): string {
  const instant = parseWallClock(text, zone);
  return instant === undefined ? text : String(Math.floor(instant / 1000));
}

interface Showing {
  readonly zone: string;
  /** What came back with problems. */
  readonly typed: Typed | undefined;
}

export const settingFields = (page: Page, states: readonly SettingState[], showing: Showing): SettingField[] =>
  states.map((state) => fieldOf(page, state, showing));

function fieldOf(page: Page, state: SettingState, { zone, typed }: Showing): SettingField {
  const { name, isSet, source, given } = state;
  const shape = shapeOf(name);
  const inForce = controlText(name, state.text, zone);
  const { text, was, again, none } = typed?.[name] ?? { text: inForce, was: inForce, again: false, none: false };
  const { required = false, default: fallback } = definitionOfSetting(name);
  const hint = `configure.hint.${name}`;
  return {
    name,
    shape,
    label: page.t(`setting.${name}`),
    hint: page.t(isMessageKey(hint) ? hint : `setting.${name}.about`, { zone: zone.replaceAll('_', ' ') }),
    value: shape === 'secret' ? '' : text,
    was,
    told:
      shape === 'secret'
        ? page.t(isSet ? 'configure.secret-set' : 'configure.secret-unset')
        : told(page, name, state.text, zone),
    isSet,
    isFromEnvironment: source === 'environment',
    given: given === undefined || shape === 'secret' ? given : told(page, name, given, zone),
    again,
    none,
    required: required || fallback !== undefined,
    choices: choicesOf(page, name, text),
  };
}

/** As its control holds it. */
function controlText(name: LiveName, text: string, zone: string): string {
  if (text === '') return '';
  const { kind } = definitionOfSetting(name);
  if (kind === 'instant') return wallClock(settingKinds.instant.parse(text), zone);
  if (kind === 'colour') return settingKinds.colour.parse(text);
  if (kind === 'flag') return settingKinds.flag.parse(text) ? 'True' : 'False';
  return text;
}

/** For reading: a moment with its zone, a choice by its words. */
function told(page: Page, name: LiveName, text: string, zone: string): string {
  if (text === '') return '';
  if (definitionOfSetting(name).kind === 'instant') return page.formatInstant(settingKinds.instant.parse(text), zone);
  const value = controlText(name, text, zone);
  return choicesOf(page, name, value).find((choice) => choice.value === value)?.label ?? value;
}

const choices: Readonly<Partial<Record<SettingKind, (page: Page, chosen: string) => readonly Choice[]>>> = {
  flag: (page) => [
    { value: 'True', label: page.t('configure.yes') },
    { value: 'False', label: page.t('configure.no') },
  ],
  language: () => [
    { value: 'en', label: 'English' },
    { value: 'fr', label: 'Français' },
  ],
  retention: (page) =>
    ['30', '90', '180', '365'].map((value) => ({ value, label: page.t('setup.days', { days: Number(value) }) })),
  zone: (_, chosen) => zonesWith(chosen).map((value) => ({ value, label: value.replaceAll('_', ' ') })),
};

const choicesOf = (page: Page, name: LiveName, chosen: string): readonly Choice[] =>
  choices[definitionOfSetting(name).kind]?.(page, chosen) ?? [];
