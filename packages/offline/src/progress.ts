// Progress of opening or checking ballots on standard error: one line that changes on a terminal, else a line now and then.

/** Called with the number done so far; says something at intervals and at the end. */
export function progressOn(
  stream: NodeJS.WriteStream,
  total: number,
  verb: 'Opened' | 'Checked' = 'Opened',
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
