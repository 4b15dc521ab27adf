// What the demonstration is about, in the language of whoever starts it: names and questions are data, so they come in one.

export type DemoLanguage = 'en' | 'fr';

interface DemoElection {
  readonly name: string;
  readonly description: string;
  readonly question: string;
  readonly candidates: readonly { readonly name: string; readonly text: string }[];
}

export interface DemoContent {
  readonly organisation: string;
  readonly contact: string;
  readonly draft: DemoElection;
  readonly open: DemoElection;
  readonly published: DemoElection;
  readonly buildings: readonly string[];
}

const en: DemoContent = {
  organisation: 'Daffodil Hill Association',
  contact: 'Claire Martin',
  draft: {
    name: 'Board election 2027',
    description: 'The board runs the association for two years. Everything here can still be changed.',
    question: 'Who chairs the board?',
    candidates: [
      { name: 'Amélie Rousseau', text: 'Ten years in the association, four of them as treasurer.' },
      { name: 'Benoît Martin', text: 'More evenings together, fewer meetings.' },
    ],
  },
  open: {
    name: 'Student council',
    description: 'The council speaks for the students for one year. People are voting right now.',
    question: 'Who represents the students?',
    candidates: [
      { name: 'Chloé Nguyễn', text: 'Longer library hours and a bicycle shed that locks.' },
      { name: 'Driss El Amrani', text: 'A council that answers every message within three days.' },
      { name: 'Eva Lindqvist', text: 'Music during breaks and better meals.' },
      { name: 'Farid Benali', text: '' },
    ],
  },
  published: {
    name: 'Name of the new hall',
    description: 'The hall opens in spring. The ballots are opened and the result is published.',
    question: 'What shall the hall be called?',
    candidates: [
      { name: 'Ada Lovelace', text: '' },
      { name: 'Blaise Pascal', text: '' },
      { name: 'Sophie Germain', text: '' },
    ],
  },
  buildings: ['Perrault', 'Curie', 'Sports hall'],
};

const fr: DemoContent = {
  organisation: 'Amicale des Jonquilles',
  contact: 'Claire Martin',
  draft: {
    name: 'Élection du bureau 2027',
    description: 'Le bureau dirige l’amicale pendant deux ans. Ici, tout peut encore être modifié.',
    question: 'Qui préside le bureau\u202f?',
    candidates: [
      { name: 'Amélie Rousseau', text: 'Dix ans à l’amicale, dont quatre comme trésorière.' },
      { name: 'Benoît Martin', text: 'Plus de soirées ensemble, moins de réunions.' },
    ],
  },
  open: {
    name: 'Conseil des élèves',
    description: 'Le conseil représente les élèves pendant un an. Le vote est en cours.',
    question: 'Qui représente les élèves\u202f?',
    candidates: [
      { name: 'Chloé Nguyễn', text: 'Une bibliothèque ouverte plus tard et un local à vélos fermé.' },
      { name: 'Driss El Amrani', text: 'Un conseil qui répond à chaque message sous trois jours.' },
      { name: 'Eva Lindqvist', text: 'De la musique pendant les pauses et de meilleurs repas.' },
      { name: 'Farid Benali', text: '' },
    ],
  },
  published: {
    name: 'Nom de la nouvelle salle',
    description: 'La salle ouvre au printemps. Les bulletins sont ouverts et le résultat est publié.',
    question: 'Comment appeler la salle\u202f?',
    candidates: [
      { name: 'Ada Lovelace', text: '' },
      { name: 'Blaise Pascal', text: '' },
      { name: 'Sophie Germain', text: '' },
    ],
  },
  buildings: ['Perrault', 'Curie', 'Gymnase'],
};

export const demoContent: Readonly<Record<DemoLanguage, DemoContent>> = { en, fr };

const lastNames = 'Bernard Dubois Fontaine Garnier Haddad Keller Lambert Moreau Nowak Pereira'.split(' ');
const firstNames =
  'Alice Bruno Camille Diego Emma Félix Gaëlle Hugo Inès Jonas Karim Léa Milan Nadia Oscar Paula Quentin Rosa Samir Théa'.split(
    ' ',
  );

/** Made-up people; of two hundred, no two have the same name. */
export function demoVoters(count: number, buildings: readonly string[]) {
  return Array.from({ length: count }, (_, n) => ({
    lastName: lastNames[n % lastNames.length]!,
    firstName: firstNames[Math.floor(n / lastNames.length) % firstNames.length]!,
    email: `voter${n + 1}@example.org`,
    promotion: `E${(n % 3) + 1}`,
    building: n % 8 === 7 ? '' : buildings[n % buildings.length]!,
  }));
}
