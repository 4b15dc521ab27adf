// One thing that was looked at: what it is about, how it stands, and what is said of it (messages `system.<about>` and
// `system.says.<says>`).

export const subjects = [
  'software',
  'database',
  'schema',
  'secret',
  'disk',
  'folders',
  'backups',
  'clock',
  'address',
  'proxy',
  'mail',
  'dns',
] as const;

export type Says =
  | 'software'
  | 'software-root'
  | 'database-sqlite'
  | 'database-postgres'
  | 'database-risky'
  | 'database-failed'
  | 'schema'
  | 'schema-older'
  | 'schema-newer'
  | 'secret-good'
  | 'secret-other'
  | 'secret-open'
  | 'disk'
  | 'disk-low'
  | 'disk-full'
  | 'disk-unknown'
  | 'folder-good'
  | 'folder-open'
  | 'folder-shut'
  | 'folder-none'
  | 'backups-off'
  | 'backups-none'
  | 'backups-good'
  | 'backups-old'
  | 'backups-failed'
  | 'clock-good'
  | 'clock-off'
  | 'address-none'
  | 'address-local'
  | 'address-http'
  | 'address-https'
  | 'proxy-none'
  | 'proxy-trusted'
  | 'proxy-unknown'
  | 'mail-none'
  | 'mail-good'
  | 'mail-slow'
  | 'mail-bad'
  | 'mail-unread'
  | 'dns'
  | 'dns-slow';

export interface Finding {
  readonly about: (typeof subjects)[number];
  readonly verdict: 'good' | 'warn' | 'bad';
  readonly says: Says;
  /** Names and numbers for the sentence; `…Bytes` are sizes, `…At` moments, `cause`, `part` and `said` names of messages. */
  readonly values?: Readonly<Record<string, string | number>>;
}
