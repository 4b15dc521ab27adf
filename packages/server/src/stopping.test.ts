import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createWaiting, onSignalOf, type Stoppable } from './stopping.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function aServer(stop: () => Promise<void>) {
  const [events, said]: [string[], string[]] = [[], []];
  const server: Stoppable = {
    stop,
    giveUp: (why) => {
      events.push(why);
      return Promise.resolve();
    },
  };
  const exit = (code: number) => void events.push(`exit ${code}`);
  const onSignal = onSignalOf(server, { exit, say: (line) => void said.push(line) });
  return { onSignal, events, said };
}

const never = () => new Promise<void>(() => {});

test('the first signal stops in order and ends with 0', async () => {
  const { onSignal, events } = aServer(() => Promise.resolve());
  onSignal('SIGTERM');
  await vi.advanceTimersByTimeAsync(0);
  expect(events).toEqual(['exit 0']);
});

test('one Ctrl-C that arrives twice is one', async () => {
  const { onSignal, events, said } = aServer(never);
  onSignal('SIGINT');
  await vi.advanceTimersByTimeAsync(900);
  onSignal('SIGINT');
  await vi.advanceTimersByTimeAsync(900);
  expect([events, said]).toEqual([[], []]);
});

test('a later one ends at once, says so, and is what the exit code tells', async () => {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    const { onSignal, events, said } = aServer(never);
    onSignal('SIGTERM');
    await vi.advanceTimersByTimeAsync(1500);
    onSignal(signal);
    await vi.advanceTimersByTimeAsync(0);
    expect(said).toEqual([`A second ${signal}: ended at once. What was not acknowledged is not recorded.`]);
    expect(events).toEqual([`a second ${signal}`, `exit ${code}`]);
  }
});

test('after nine seconds it ends, and says why first', async () => {
  const { onSignal, events } = aServer(never);
  onSignal('SIGTERM');
  await vi.advanceTimersByTimeAsync(8999);
  expect(events).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(events).toEqual(['nine seconds are over', 'exit 1']);
});

test('a log that cannot be written does not keep it from ending', async () => {
  const events: string[] = [];
  const server = { stop: never, giveUp: never };
  onSignalOf(server, { exit: (code) => void events.push(`exit ${code}`), say: () => {} })('SIGTERM');
  await vi.advanceTimersByTimeAsync(9499);
  expect(events).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(events).toEqual(['exit 1']);
});

test('a stop that fails says so and ends with 1', async () => {
  const { onSignal, events } = aServer(() => Promise.reject(new Error('the disk')));
  onSignal('SIGTERM');
  await vi.advanceTimersByTimeAsync(0);
  expect(events).toEqual(['stopping failed: Error: the disk', 'exit 1']);
});

test('what is still waited for has a name', async () => {
  const waiting = createWaiting();
  const mails = Promise.withResolvers<void>();
  void waiting.for('mails', mails.promise);
  void waiting.for('requests', Promise.resolve());
  await vi.advanceTimersByTimeAsync(0);
  expect(waiting.still()).toEqual(['mails']);
  mails.resolve();
  await vi.advanceTimersByTimeAsync(0);
  expect(waiting.still()).toEqual([]);
});
