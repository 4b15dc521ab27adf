// Makes vectors/sealed/shares.json: shares of the published election's passphrase, good and spoilt, with the verdict each
// must get. Random, so running it again makes other vectors: `node scripts/make-share-vectors.ts`.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shareHash, splitPassphrase } from '../packages/protocol/src/index.ts';

interface Case {
  readonly name: string;
  readonly shares: readonly string[];
  /** Those of the split, where the reader knows them. */
  readonly hashes?: readonly string[];
  readonly verdict: unknown;
}

const folder = join(import.meta.dirname, '../vectors/sealed');
const { passphrase, fingerprint } = JSON.parse(readFileSync(join(folder, 'election.json'), 'utf8')) as {
  readonly passphrase: string;
  readonly fingerprint: string;
};
const shares = await splitPassphrase({ passphrase, fingerprint, holders: 5, needed: 3 });
const [one = '', two = '', three = '', four = '', five = ''] = shares;
const other = await splitPassphrase({ passphrase, fingerprint, holders: 5, needed: 3 });
const wider = await splitPassphrase({ passphrase, fingerprint, holders: 6, needed: 3 });
const strange = await splitPassphrase({ passphrase, fingerprint: 'f'.repeat(64), holders: 5, needed: 3 });
const hashes = shares.map(shareHash);
const good = { ok: true, passphrase };
const refused = (reason: string, at: number) => ({ ok: false, reason, at });

function exchangeTwo(text: string): string {
  const place = Array.from(text).findIndex(
    (character, n) => n > 10 && character !== text[n + 1] && !/-/.test(text.slice(n, n + 2)),
  );
  return text.slice(0, place) + text[place + 1]! + text[place]! + text.slice(place + 2);
}

const cases: readonly Case[] = [
  { name: 'three of five', shares: [one, two, three], verdict: good },
  { name: 'three others, in another order', shares: [five, two, four], hashes, verdict: good },
  { name: 'all five', shares, hashes, verdict: good },
  { name: 'as people type them', shares: [one.toLowerCase(), two.replaceAll('-', ' '), ` ${three}`], verdict: good },
  { name: 'two', shares: [one, two], verdict: { ok: false, reason: 'too-few-shares', given: 2, needed: 3 } },
  { name: 'a character missing', shares: [one, two.slice(0, -1), three], verdict: refused('malformed-share', 1) },
  { name: 'two characters exchanged', shares: [one, two, exchangeTwo(three)], verdict: refused('mistyped-share', 2) },
  { name: 'one twice', shares: [one, two, one], verdict: refused('share-given-twice', 2) },
  { name: 'one of another key', shares: [one, strange[1]!, three], verdict: refused('share-of-other-key', 1) },
  {
    name: 'one of another number of holders',
    shares: [one, wider[1]!, three],
    verdict: refused('share-of-other-split', 1),
  },
  {
    name: 'one of another split',
    shares: [one, other[1]!, three],
    hashes,
    verdict: refused('share-of-other-split', 1),
  },
];

writeFileSync(join(folder, 'shares.json'), `${JSON.stringify(cases, null, 2)}\n`);
