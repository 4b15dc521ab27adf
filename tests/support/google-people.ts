// Who is in the stand-in's directory.

export interface StandInPerson {
  readonly given: string;
  readonly family: string;
  readonly email: string;
  readonly unit: string;
  readonly title?: string;
  readonly suspended?: boolean;
  readonly archived?: boolean;
}

const students = Array.from({ length: 250 }, (_, n): StandInPerson => {
  const number = String(n).padStart(3, '0');
  return { given: 'Sacha', family: `Student${number}`, email: `student${number}@example.org`, unit: '/Students/2026' };
});

/** Two of one name, names of every kind, one of another domain, two who have left. */
export const standInPeople = (): StandInPerson[] => [
  { given: 'Aïcha', family: 'Benali', email: 'aicha.benali@example.org', unit: '/Staff', title: 'Teacher' },
  { given: 'Alice', family: 'Dupont', email: 'alice.dupont@example.org', unit: '/Staff', title: 'Librarian' },
  { given: 'Alice', family: 'Dupond', email: 'alice.dupond@example.org', unit: '/Students/2026' },
  { given: 'Seán', family: 'O’Brien', email: 'sean.obrien@example.org', unit: "/Staff/People's \\ office" },
  { given: 'Guest', family: 'Teacher', email: 'guest@elsewhere.example', unit: '/Staff' },
  { given: '', family: 'Reception', email: 'reception@example.org', unit: '/Staff' },
  { given: 'Gone', family: 'Before', email: 'gone@example.org', unit: '/Staff', suspended: true },
  { given: 'Kept', family: 'Archived', email: 'kept@example.org', unit: '/Staff', archived: true },
  ...students,
];
