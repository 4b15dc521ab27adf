// Invented participation for the gallery.

export const participationOf = () => ({
  total: { voted: 187, registered: 598, atLeast: false },
  buildings: [
    { label: 'Perrault', voted: 120, registered: 312, sign: { icon: 'building', colour: '#1f7a8c' } },
    { label: 'Bibliothèque universitaire', voted: 47, registered: 205, sign: { icon: 'book', colour: '#ffe600' } },
    { label: 'Atelier', voted: 20, registered: 81, sign: { icon: 'tools', colour: '#8a0f0f' } },
  ],
  promotions: [
    { label: 'E1', voted: 90, registered: 210 },
    { label: 'E2', voted: 97, registered: 388 },
  ],
  promotionsLater: false,
});

/** Votes of a busy day with a quiet night in it. */
export const periodsOf = (start: number, count: number) =>
  Array.from({ length: count }, (_, n) => ({
    from: start + n * 3_600_000,
    to: start + (n + 1) * 3_600_000,
    votes: 5 + ((n * 7) % 23),
  }));
