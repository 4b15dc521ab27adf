// How long the rest will take, from how long the first part took. Says nothing before it has seen enough.
const ENOUGH_MS = 1_500;

export function measurePace(total: number, now: () => number = () => performance.now()) {
  const start = now();
  return (done: number): { readonly secondsLeft: number | null } => {
    const spent = now() - start;
    if (spent < ENOUGH_MS || done === 0) return { secondsLeft: null };
    return { secondsLeft: Math.ceil(((spent / done) * (total - done)) / 1_000) };
  };
}

/** Seconds as minutes and seconds, the same in both languages: 2:05. */
export function formatSeconds(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
