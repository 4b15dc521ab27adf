// Lighthouse's own judgement of a page, as on a phone. It brings a hundred packages, so it is no dependency: npx fetches it,
// when a row asks, into a folder that is gone afterwards.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chromiumLaunchOptions } from '../support/chromium.ts';
import { atLeast, type Figure, notMeasured } from './benchmark.ts';

const version = '13.5.0';
const categories = { performance: 'performance', accessibility: 'accessibility', 'best-practices': 'best practices' };

interface Judged {
  readonly categories: Readonly<Record<keyof typeof categories, { readonly score: number }>>;
}

/** Points of a hundred, each as wanted or not; with what is missing where it cannot be had. */
export async function lighthouse(url: string, least: number, folder: string): Promise<readonly Figure[]> {
  const { executablePath = '', args = [] } = chromiumLaunchOptions();
  const wish = [`--only-categories=${Object.keys(categories).join(',')}`, '--output=json', '--quiet'];
  const flags = `--chrome-flags=${['--headless=new', ...args].join(' ')}`;
  const child = spawn('npx', ['--yes', `lighthouse@${version}`, url, ...wish, flags], {
    env: { ...process.env, CHROME_PATH: executablePath, npm_config_cache: folder, npm_config_ignore_scripts: 'true' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  if (exitCode !== 0) return notMeasured(`npx lighthouse@${version} ended with ${exitCode}`);
  const judged = JSON.parse(Buffer.concat(chunks).toString()) as Judged;
  return Object.entries(categories).map(([id, name], index) => {
    const points = Math.round(judged.categories[id as keyof typeof categories].score * 100);
    return atLeast(points, least, `${index === 0 ? 'Lighthouse mobile: ' : ''}${name} ${points}`);
  });
}
