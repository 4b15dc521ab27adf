// What the DNS says of the sender's domain, as receiving servers look at it. Asked only when somebody wants it: it takes seconds.

import type { Finding } from './finding.ts';
import { within } from './patience.ts';

/** Undefined while no mail server is set. */
export type DnsProbe = () => Promise<
  | {
      readonly domain: string;
      readonly findings: readonly {
        readonly about: string;
        readonly verdict: Finding['verdict'];
        readonly says: string;
      }[];
    }
  | undefined
>;

export async function examineDns(ask: DnsProbe, patienceMs?: number): Promise<Finding[]> {
  const answer = await within(ask(), patienceMs);
  if (answer === 'slow') return [{ about: 'dns', verdict: 'warn', says: 'dns-slow' }];
  const { domain, findings } = answer ?? { domain: '', findings: [] };
  return findings.map(({ about: part, verdict, says: said }) => ({
    about: 'dns',
    verdict,
    says: 'dns',
    values: { domain, part, said },
  }));
}
