// What well-known mail providers allow, known by the name of their server: the pace that is used where no other is set, what
// they take a day, and what a sender's domain says of them. The figures and their sources are in docs/decisions/059.

export interface MailProvider {
  readonly name: string;
  readonly servers: RegExp;
  readonly perMinute: number;
  readonly connections: number;
  /** Mails a day from one account; the smallest of its offers where they differ. */
  readonly perDay?: number;
  /** What the SPF record of a sender's domain includes; undefined where mails leave under an address of the provider. */
  readonly spf?: string;
  /** Under which names its customers usually publish their DKIM keys. */
  readonly selectors: readonly string[];
}

const providers: readonly MailProvider[] = [
  {
    name: 'Google',
    servers: /^smtp(-relay)?\.(gmail|googlemail)\.com$/,
    perMinute: 20,
    connections: 2,
    perDay: 2000,
    spf: '_spf.google.com',
    selectors: ['google'],
  },
  {
    name: 'Microsoft 365',
    servers: /^(smtp\.office365\.com|smtp-mail\.outlook\.com|.*\.mail\.protection\.outlook\.com)$/,
    perMinute: 30,
    connections: 3,
    perDay: 10_000,
    spf: 'spf.protection.outlook.com',
    selectors: ['selector1', 'selector2'],
  },
  {
    name: 'OVH',
    servers: /^(ssl0\.ovh\.net|smtp\.mail\.ovh\.(net|ca)|(ex|pro)\d*\.mail\.ovh\.net)$/,
    perMinute: 3,
    connections: 1,
    spf: 'mx.ovh.com',
    selectors: ['ovhmo-selector-1', 'ovhex-selector-1', 'ovhemp-selector-1'],
  },
  {
    name: 'Brevo',
    servers: /^smtp-relay\.(brevo|sendinblue)\.com$/,
    perMinute: 120,
    connections: 4,
    perDay: 300,
    selectors: ['brevo1', 'brevo2', 'mail'],
  },
  {
    name: 'Mailjet',
    servers: /^in(-v3)?\.mailjet\.com$/,
    perMinute: 120,
    connections: 4,
    perDay: 200,
    selectors: ['mailjet'],
  },
  {
    name: 'Infomaniak',
    servers: /^(mail|smtp)\.infomaniak\.(com|ch)$/,
    perMinute: 20,
    connections: 2,
    perDay: 1440,
    spf: 'spf.infomaniak.ch',
    selectors: [],
  },
];

/** A server of one's own, or of somebody we know nothing of. */
export const unknownProvider = { perMinute: 60, connections: 2 } as const;

export const providerOf = (server: string): MailProvider | undefined =>
  providers.find(({ servers }) => servers.test(server.toLowerCase()));

/** What the server's provider takes a day, where these are more. */
export function limitADay(server: string, mails: number): { provider: string; limit: number } | undefined {
  const { name, perDay } = providerOf(server) ?? {};
  return name === undefined || perDay === undefined || mails <= perDay ? undefined : { provider: name, limit: perDay };
}
