// What the demonstration is about, in the language of whoever starts it: names and questions are data, so they come in one.

import type { EmblemName } from './emblems.ts';

export type DemoLanguage = 'en' | 'fr';

export interface DemoQuestion {
  readonly title: string;
  /** How many may be chosen, at most. */
  readonly most: number;
  readonly candidates: readonly { readonly name: string; readonly text: string; readonly emblem?: EmblemName }[];
}

export interface DemoElection {
  readonly name: string;
  readonly description: string;
  readonly questions: readonly DemoQuestion[];
}

export interface DemoContent {
  readonly organisation: string;
  readonly contact: string;
  readonly draft: DemoElection;
  readonly open: DemoElection;
  readonly published: DemoElection;
  readonly buildings: readonly { readonly name: string; readonly icon: string; readonly colour: string }[];
}

const en: DemoContent = {
  organisation: 'Daffodil Hill Association',
  contact: 'Claire Martin',
  draft: {
    name: 'Board election 2027',
    description: 'The board runs the association for two years. Everything here can still be changed.',
    questions: [
      {
        title: 'Who chairs the board?',
        most: 1,
        candidates: [
          { name: 'Amélie Rousseau', text: 'Ten years in the association, four of them as treasurer.' },
          { name: 'Benoît Martin', text: 'More evenings together, fewer meetings.' },
        ],
      },
    ],
  },
  open: {
    name: 'Student council',
    description: 'The council speaks for the students for one year. People are voting right now.',
    questions: [
      {
        title: 'Who represents the students?',
        most: 1,
        candidates: [
          { name: 'Chloé Nguyễn', text: 'Longer library hours and a quiet room.', emblem: 'sun' },
          { name: 'Driss El Amrani', text: 'A council that answers within three days.', emblem: 'waves' },
          { name: 'Eva Lindqvist', text: 'Music during breaks and better meals.', emblem: 'hill' },
          { name: 'Farid Benali', text: '', emblem: 'star' },
        ],
      },
      {
        title: 'What shall the council’s fund pay for?',
        most: 2,
        candidates: [
          { name: 'A repair stand for bicycles', text: 'Tools and a pump, free for everybody.', emblem: 'wheel' },
          { name: 'Evenings of debate', text: 'Six a year, with a guest each.', emblem: 'talk' },
          { name: 'A garden on the roof', text: 'Herbs, tomatoes and a bench.', emblem: 'leaf' },
          { name: 'Loudspeakers for the hall', text: '', emblem: 'bars' },
        ],
      },
    ],
  },
  published: {
    name: 'Name of the new hall',
    description: 'The hall opens in spring. The ballots are opened and the result is published.',
    questions: [
      {
        title: 'What shall the hall be called?',
        most: 1,
        candidates: [
          { name: 'Ada Lovelace', text: '' },
          { name: 'Blaise Pascal', text: '' },
          { name: 'Sophie Germain', text: '' },
        ],
      },
    ],
  },
  buildings: [
    { name: 'Perrault', icon: 'book', colour: '#7a3b69' },
    { name: 'Curie', icon: 'lightbulb', colour: '#1f6f8b' },
    { name: 'Sports hall', icon: 'trophy', colour: '#9a5b13' },
  ],
};

const fr: DemoContent = {
  organisation: 'Amicale des Jonquilles',
  contact: 'Claire Martin',
  draft: {
    name: 'Élection du bureau 2027',
    description: 'Le bureau dirige l’amicale pendant deux ans. Ici, tout peut encore être modifié.',
    questions: [
      {
        title: 'Qui préside le bureau\u202f?',
        most: 1,
        candidates: [
          { name: 'Amélie Rousseau', text: 'Dix ans à l’amicale, dont quatre comme trésorière.' },
          { name: 'Benoît Martin', text: 'Plus de soirées ensemble, moins de réunions.' },
        ],
      },
    ],
  },
  open: {
    name: 'Conseil des élèves',
    description: 'Le conseil représente les élèves pendant un an. Le vote est en cours.',
    questions: [
      {
        title: 'Qui représente les élèves\u202f?',
        most: 1,
        candidates: [
          { name: 'Chloé Nguyễn', text: 'Une bibliothèque ouverte plus tard et une salle calme.', emblem: 'sun' },
          { name: 'Driss El Amrani', text: 'Un conseil qui répond sous trois jours.', emblem: 'waves' },
          { name: 'Eva Lindqvist', text: 'De la musique pendant les pauses et de meilleurs repas.', emblem: 'hill' },
          { name: 'Farid Benali', text: '', emblem: 'star' },
        ],
      },
      {
        title: 'Que financera la caisse du conseil\u202f?',
        most: 2,
        candidates: [
          { name: 'Un atelier vélo', text: 'Des outils et une pompe, en libre service.', emblem: 'wheel' },
          { name: 'Des soirées débat', text: 'Six par an, avec une personne invitée.', emblem: 'talk' },
          { name: 'Un potager sur le toit', text: 'Des herbes, des tomates et un banc.', emblem: 'leaf' },
          { name: 'Des enceintes pour la salle', text: '', emblem: 'bars' },
        ],
      },
    ],
  },
  published: {
    name: 'Nom de la nouvelle salle',
    description: 'La salle ouvre au printemps. Les bulletins sont ouverts et le résultat est publié.',
    questions: [
      {
        title: 'Comment appeler la salle\u202f?',
        most: 1,
        candidates: [
          { name: 'Ada Lovelace', text: '' },
          { name: 'Blaise Pascal', text: '' },
          { name: 'Sophie Germain', text: '' },
        ],
      },
    ],
  },
  buildings: [
    { name: 'Perrault', icon: 'book', colour: '#7a3b69' },
    { name: 'Curie', icon: 'lightbulb', colour: '#1f6f8b' },
    { name: 'Gymnase', icon: 'trophy', colour: '#9a5b13' },
  ],
};

export const demoContent: Readonly<Record<DemoLanguage, DemoContent>> = { en, fr };

const lastNames = 'Bernard Dubois Fontaine Garnier Haddad Keller Lambert Moreau Nowak Pereira'.split(' ');
const firstNames =
  'Alice Bruno Camille Diego Emma Félix Gaëlle Hugo Inès Jonas Karim Léa Milan Nadia Oscar Paula Quentin Rosa Samir Théa'.split(
    ' ',
  );

/** Made-up people; of two hundred, no two have the same name. */
export function demoVoters(count: number, buildings: DemoContent['buildings']) {
  return Array.from({ length: count }, (_, n) => ({
    lastName: lastNames[n % lastNames.length]!,
    firstName: firstNames[Math.floor(n / lastNames.length) % firstNames.length]!,
    email: `voter${n + 1}@example.org`,
    promotion: `E${(n % 3) + 1}`,
    building: n % 8 === 7 ? '' : buildings[n % buildings.length]!.name,
  }));
}
