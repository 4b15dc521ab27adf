// Finds icons by the words that people have for them, in English and French. Pure: the names come with the call.

/** What a building is likely to be: shown before anything is typed. */
const likely =
  'building buildings house house-door houses bank bank2 shop hospital mortarboard book journal-bookmark tree flower1 ' +
  'tools wrench gear cpu pc-display laptop palette music-note-beamed camera film globe geo-alt signpost door-open ' +
  'fork-knife cup-hot bicycle bus-front train-front airplane truck lightning-charge droplet fire sun moon-stars star ' +
  'heart trophy flag people briefcase archive box-seam shield virus eyedropper calculator compass';

/** Word, as far as it was typed → parts of the names of icons. */
const synonyms: Readonly<Record<string, readonly string[]>> = {
  airport: ['airplane'],
  art: ['palette', 'brush'],
  avion: ['airplane'],
  banque: ['bank'],
  bateau: ['water', 'life-preserver'],
  batiment: ['building'],
  bibliotheque: ['book', 'journal'],
  bois: ['tree'],
  boite: ['box'],
  boutique: ['shop'],
  bureau: ['briefcase', 'building', 'pc-display'],
  cafe: ['cup'],
  canteen: ['fork-knife', 'cup'],
  cantine: ['fork-knife', 'cup'],
  carte: ['map', 'card'],
  chimie: ['eyedropper', 'droplet'],
  chemistry: ['eyedropper', 'droplet'],
  church: ['house', 'bell'],
  cle: ['key'],
  cloche: ['bell'],
  coeur: ['heart'],
  college: ['mortarboard', 'book'],
  depot: ['archive', 'box'],
  drapeau: ['flag'],
  droit: ['bank', 'briefcase'],
  eau: ['water', 'droplet'],
  eclair: ['lightning'],
  ecole: ['mortarboard', 'book', 'backpack'],
  electricite: ['lightning', 'plug'],
  etoile: ['star'],
  factory: ['tools', 'gear'],
  feu: ['fire'],
  fleur: ['flower'],
  foret: ['tree'],
  gare: ['train'],
  gens: ['people'],
  hopital: ['hospital'],
  hotel: ['house', 'door'],
  immeuble: ['building'],
  informatique: ['cpu', 'laptop', 'pc-display'],
  jardin: ['flower', 'tree'],
  laboratoire: ['eyedropper', 'virus'],
  library: ['book', 'journal'],
  lieu: ['geo', 'pin'],
  livre: ['book'],
  lune: ['moon'],
  lycee: ['mortarboard', 'book'],
  magasin: ['shop'],
  mairie: ['bank', 'flag'],
  maison: ['house'],
  medecine: ['hospital', 'heart-pulse', 'capsule'],
  monde: ['globe'],
  musique: ['music'],
  nuage: ['cloud'],
  office: ['briefcase', 'building'],
  ordinateur: ['laptop', 'pc-display'],
  outil: ['tools', 'wrench', 'hammer'],
  peinture: ['palette', 'brush'],
  personne: ['person'],
  porte: ['door'],
  restaurant: ['fork-knife', 'cup'],
  sante: ['hospital', 'heart-pulse'],
  school: ['mortarboard', 'book', 'backpack'],
  soleil: ['sun'],
  sport: ['trophy', 'bicycle', 'dribbble'],
  station: ['train', 'bus'],
  theatre: ['mask', 'film'],
  town: ['buildings', 'bank'],
  university: ['mortarboard', 'bank'],
  universite: ['mortarboard', 'bank'],
  usine: ['tools', 'gear'],
  velo: ['bicycle'],
  ville: ['buildings', 'houses'],
  voiture: ['car'],
  workshop: ['tools', 'wrench'],
  atelier: ['tools', 'wrench'],
};

export interface IconSearch {
  readonly found: readonly string[];
  /** How many there are without the limit. */
  readonly total: number;
}

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** The icons that every typed word fits; the most likely ones while nothing is typed. */
export function searchIcons(names: readonly string[], typed: string, most: number): IconSearch {
  const words = wordsOf(typed);
  const known = new Set(names);
  if (words.length === 0)
    return limited(
      likely.split(' ').filter((name) => known.has(name)),
      most,
    );
  const meanings = words.map((word) => [word, ...meaningsOf(word)]);
  const fitting = names.filter((name) => meanings.every((parts) => parts.some((part) => name.includes(part))));
  const parts = meanings[0]!;
  const rank = (name: string) => {
    if (parts.includes(name)) return parts.indexOf(name);
    const begins = parts.findIndex((part) => name.startsWith(`${part}-`));
    return parts.length + (begins === -1 ? parts.length : begins);
  };
  return limited(
    fitting.toSorted((a, b) => rank(a) - rank(b)),
    most,
  );
}

/** "bi bi-house" is what pages of Bootstrap write for "house". */
const wordsOf = (typed: string): string[] =>
  plain(typed.slice(0, 100))
    .split(/\s+/)
    .map((word) => word.replace(/^bi-/, '').replace(/[^a-z0-9-]/g, ''))
    .filter((word) => word !== '' && word !== 'bi');

const meaningsOf = (word: string): readonly string[] =>
  word.length < 3
    ? []
    : Object.entries(synonyms).flatMap(([name, parts]) => (name.startsWith(word.replace(/s$/, '')) ? parts : []));

const limited = (found: readonly string[], most: number): IconSearch => ({
  found: found.slice(0, most),
  total: found.length,
});
