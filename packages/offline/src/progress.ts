// Progress of opening or checking ballots on standard error: one line that changes on a terminal, else a line now and then.

/** Called with the number done so far; says something at intervals and at the end. */
export function progressOn(
  stream: NodeJS.WriteStream,
  total: number,
  verb: 'Opened' | 'Checked',
): (done: number) => void {
  const interval = stream.isTTY ? 100 : 5000;
  const [before, after] = stream.isTTY ? ['\r', ''] : ['', '\n'];
  let saidAt = performance.now();
  return (done) => {
    const isLast = done === total;
    if (!isLast && performance.now() - saidAt < interval) return;
    saidAt = performance.now();
    stream.write(`${before}${verb} ${done} of ${total} ballots${isLast ? '\n' : after}`);
  };
}

/** Of an archive's ballots. Only a person waiting at a terminal is told. */
export function progressForPerson(): ((done: number, total: number) => void) | undefined {
  if (!process.stderr.isTTY) return undefined;
  let say: ((done: number) => void) | undefined;
  return (done, total) => {
    say ??= progressOn(process.stderr, total, 'Checked');
    say(done);
  };
}
