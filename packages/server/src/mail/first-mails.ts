// How the first mails of a mailing go decides whether the others follow: a list of wrong addresses, or a server that takes none
// of them, is noticed before it has cost the sender its good name.

export interface SettledCounts {
  readonly accepted: number;
  readonly rejected: number;
}

const first = 50;
/** So many refused and none taken need no more looking. */
const allRefused = 10;

/** `atOnce` is how many of these were settled together: they may have gone past the first ones by so many. */
export function judgeFirst({ accepted, rejected }: SettledCounts, atOnce: number): 'look-on' | 'go-on' | 'stop' {
  const settled = accepted + rejected;
  const isHopeless = rejected > first / 2 || (accepted === 0 && rejected >= allRefused);
  if (isHopeless && settled <= first + atOnce) return 'stop';
  return settled >= first ? 'go-on' : 'look-on';
}
