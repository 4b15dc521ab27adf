// The columns of a voters' spreadsheet, by the names that people give them in French and English.

import { nameKey } from './text.ts';

export type VoterField = 'lastName' | 'firstName' | 'email' | 'promotion' | 'building' | 'language';

/** Of several that a file has, the one that stands first here is taken. */
const spellings: Readonly<Record<VoterField, string>> = {
  lastName: 'last_name surname family_name nom nom_de_famille nom_usuel nom_d_usage nom_de_naissance name sn',
  firstName: 'first_name given_name forename prenom prenoms prenom_usuel',
  email:
    'email mail email_address mail_address courriel adresse_email adresse_mail adresse_courriel adresse_electronique ' +
    'courrier_electronique mel adresse_de_courriel adresse_de_messagerie',
  promotion: 'promotion promo class classe year year_group annee groupe group cohort cohorte niveau formation',
  building: 'building batiment bat site campus department departement service location lieu residence',
  language: 'language lang langue locale preferred_language mail_language langue_preferee langue_des_mails',
};

/** What an error names: the header of the manual. */
export const columnNames: Readonly<Record<VoterField, string>> = {
  lastName: 'last_name',
  firstName: 'first_name',
  email: 'email',
  promotion: 'promotion',
  building: 'building',
  language: 'language',
};

const plain = (name: string): string => nameKey(name).replace(/[^\p{L}\p{N}]/gu, '');
const known = Object.entries(spellings).map(
  ([field, names]) => [field as VoterField, names.split(' ').map(plain)] as const,
);

export interface Columns {
  /** The place of each field that the file has. */
  readonly places: readonly (readonly [VoterField, number])[];
  readonly ignored: readonly string[];
  readonly missing: readonly VoterField[];
  /** A name that stands twice. */
  readonly twice: string | undefined;
}

export function readColumns(header: readonly string[]): Columns {
  const names = header.map(plain);
  const places = new Map<VoterField, number>();
  let twice: string | undefined;
  for (const [field, spelled] of known) {
    const found = spelled.find((name) => names.includes(name));
    if (found === undefined) continue;
    places.set(field, names.indexOf(found));
    if (names.indexOf(found) !== names.lastIndexOf(found)) twice ??= header[names.indexOf(found)]!.trim();
  }
  const taken = new Set(places.values());
  return {
    places: [...places],
    ignored: header.map((name) => name.trim()).filter((name, index) => name !== '' && !taken.has(index)),
    missing: (['lastName', 'firstName', 'email'] as const).filter((field) => !places.has(field)),
    twice,
  };
}
