// The booth on a computer beside its server: how long until a voter can choose, and how long sealing takes.

import { join } from 'node:path';
import { launchChromium } from '../../support/chromium.ts';
import { atMost, type Benchmark, digits, type Wish } from '../benchmark.ts';
import { startBooths, type Visit, vote } from '../booths.ts';
import { median } from '../statistics.ts';

const kinds = [
  { name: 'sealed', sealing: 'sealed-box', sealingMs: 5 },
  { name: 'verifiable', sealing: 'verifiable', sealingMs: 60 },
] as const;

async function run({ quick, rounds, folder }: Wish) {
  const browser = await launchChromium();
  try {
    const figures = [];
    for (const { name, sealing, sealingMs } of kinds) {
      const times = quick ? 1 : 3 * rounds; // each takes a second
      const booths = await startBooths(join(folder, name), { sealing, voters: times + 1 });
      const visits: Visit[] = [];
      for (let time = 0; time <= times; time++) visits.push(await vote(browser, booths.next()));
      await booths.stop();
      const of = (key: keyof Visit) => median(visits.slice(1).map((one) => one[key])); // the first one warms server and browser
      figures.push(
        atMost(of('ready'), 200, `${name}: ready ${digits(of('ready'))} ms`),
        atMost(of('sealed'), sealingMs, `sealing ${digits(of('sealed'))} ms`),
        { text: `recorded ${digits(of('recorded'))} ms` },
      );
    }
    return figures;
  } finally {
    await browser.close();
  }
}

export const boothDesktopRow: Benchmark = {
  name: 'booth-desktop',
  wanted: 'ready ≤ 200 ms; sealing ≤ 5 ms (sealed), ≤ 60 ms (verifiable, five candidates)',
  reference: 'none; a server on the same machine, nothing kept from a visit before, the window stands at it',
  run,
};
