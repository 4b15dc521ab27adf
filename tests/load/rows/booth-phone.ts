// The booth on a slow phone far from everything, emulated: the page's thread four times slower, and slow 3G as Lighthouse
// has it. Sealed and verifiable, beside the same page where no script runs.

import { join } from 'node:path';
import { launchChromium } from '../../support/chromium.ts';
import { atMost, type Benchmark, digits, type Wish } from '../benchmark.ts';
import { type Booths, openWithoutScripts, phone, type Slow, startBooths, type Visit, vote } from '../booths.ts';
import { lighthouse } from '../lighthouse.ts';
import { interleave, median, ratioOf } from '../statistics.ts';

const slow: Slow = { cpu: 4, latencyMs: 400, kilobitsPerSecond: 400 };

async function run({ rounds, folder }: Wish) {
  const sealed = await startBooths(join(folder, 'sealed'), { sealing: 'sealed-box', voters: rounds + 1 });
  const verifiable = await startBooths(join(folder, 'verifiable'), { sealing: 'verifiable', voters: rounds });
  const browser = await launchChromium();
  const visits = { sealed: [] as Visit[], verifiable: [] as Visit[] };
  const visit = async (name: keyof typeof visits, booths: Booths) => {
    const made = await vote(browser, booths.next(), { screen: phone, slow });
    visits[name].push(made);
    return made.ready;
  };
  try {
    const { url } = sealed.next();
    const ready = await interleave(rounds, {
      plain: () => openWithoutScripts(browser, url, slow),
      sealed: () => visit('sealed', sealed),
      verifiable: () => visit('verifiable', verifiable),
    });
    const against = ratioOf(ready.sealed, ready.plain);
    return [
      ...(['sealed', 'verifiable'] as const).flatMap((name) => {
        const recorded = median(visits[name].map((one) => one.recorded));
        const kilobytes = median(visits[name].map(({ bytes }) => bytes)) / 1000;
        return [
          atMost(median(ready[name]), 3000, `${name}: ready ${digits(median(ready[name]) / 1000)} s`),
          atMost(recorded, 2000, `recorded ${digits(recorded / 1000)} s (${digits(kilobytes)} kB)`),
        ];
      }),
      ...(await lighthouse(url, 95, join(folder, 'npm'))),
      { text: `${digits(against)} times the page without scripts (${digits(median(ready.plain) / 1000)} s)` },
    ];
  } finally {
    await browser.close();
    await sealed.stop();
    await verifiable.stop();
  }
}

export const boothPhoneRow: Benchmark = {
  name: 'booth-phone',
  wanted: 'ready ≤ 3 s; "Record my vote" to "recorded" ≤ 2 s; Lighthouse mobile ≥ 95',
  reference: 'the same page without scripts; processor 4 times slower, 400 ms before each answer, 400 kbit/s',
  run,
};
