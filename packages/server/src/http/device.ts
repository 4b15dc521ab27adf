// Browser and system of a session in a few words, so that people can tell their own ones apart. What a browser says of
// itself proves nothing; an unknown one stays without a name.

import type { Request } from './deps.ts';

type Name = readonly [pattern: RegExp, name: string];
const browsers: readonly Name[] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
];
const systems: readonly Name[] = [
  [/\bAndroid\b/, 'Android'],
  [/\b(iPhone|iPad|iPod)\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

const nameIn = (names: readonly Name[], text: string): string =>
  names.find(([pattern]) => pattern.test(text))?.[1] ?? '';

export function deviceOf(c: Request): string {
  const agent = (c.req.header('user-agent') ?? '').slice(0, 500);
  return [nameIn(browsers, agent), nameIn(systems, agent)].filter((name) => name !== '').join(', ');
}
