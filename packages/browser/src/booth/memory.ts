// What survives a reload of this tab: the sealed ballot and nothing else. No code, no choice, no receipt in clear.
// Storage may be refused (private modes, full disks); the vote goes on without it.

export function rememberBallot(key: string, ballot: string): void {
  try {
    sessionStorage.setItem(key, ballot);
  } catch {
    // Without it a reload starts a new ballot, and the server tells the two apart.
  }
}

export function recallBallot(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

export function forgetBallot(key: string): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Nothing was kept, then.
  }
}
