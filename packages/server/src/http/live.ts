// What many watch at once: one look at the database a tick for all of them, however many they are, and a limit for how many
// that is. A watcher that reads slowly misses what came between, never holds up the others.

export interface LiveOptions<T> {
  readonly read: () => Promise<T>;
  readonly onError: (error: unknown) => void;
  readonly tickMs?: number;
  /** How many may watch: in all, and from one network (a hall behind one address is many). */
  readonly most?: number;
  readonly mostOfNetwork?: number;
  /** When a watcher is sent away to come back. */
  readonly longestMs?: number;
}

export interface Watcher<T> {
  /** At the next tick; undefined once the server stops. */
  next(): Promise<T | undefined>;
  leave(): void;
}

export interface Live<T> {
  /** As of the last tick, looked up when that is over. */
  read(): Promise<T>;
  readonly longestMs: number;
  isFull(network: string): boolean;
  watch(network: string): Watcher<T>;
  close(): void;
}

interface Seat<T> {
  readonly network: string;
  tell: (state: T | undefined) => void;
}

const usualTickMs = 5_000;
const usualLongestMs = 30 * 60_000;

export function createLive<T>(options: LiveOptions<T>): Live<T> {
  const { read: look, onError, tickMs = usualTickMs, most = 1_000, mostOfNetwork = 300 } = options;
  const { longestMs = usualLongestMs } = options;
  const seats = new Set<Seat<T>>();
  let last: { readonly at: number; readonly state: Promise<T> } | undefined;
  let [timer, isClosed]: [NodeJS.Timeout | undefined, boolean] = [undefined, false];

  const fresh = tickMs * 0.9; // a timer that fires a little early finds no old state
  const read = (): Promise<T> => {
    const at = performance.now();
    if (last && at - last.at < fresh) return last.state;
    const state = look();
    last = { at, state };
    state.catch(() => {
      if (last?.state === state) last = undefined; // the next one tries again
    });
    return state;
  };
  const tick = async (): Promise<void> => {
    const state = await read();
    for (const seat of seats) seat.tell(state);
  };
  const leave = (seat: Seat<T>): void => {
    if (!seats.delete(seat) || seats.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
  return {
    read,
    longestMs,
    isFull: (network) =>
      isClosed || seats.size >= most || [...seats].filter((seat) => seat.network === network).length >= mostOfNetwork,
    watch: (network) => {
      const seat: Seat<T> = { network, tell: () => {} };
      if (!isClosed) seats.add(seat);
      timer ??= setInterval(() => void tick().catch(onError), tickMs).unref();
      return {
        next: () =>
          new Promise((resolve) => {
            if (seats.has(seat)) seat.tell = resolve;
            else resolve(undefined);
          }),
        leave: () => {
          leave(seat);
          seat.tell(undefined);
        },
      };
    },
    close: () => {
      isClosed = true;
      for (const seat of seats) {
        leave(seat);
        seat.tell(undefined);
      }
    },
  };
}
