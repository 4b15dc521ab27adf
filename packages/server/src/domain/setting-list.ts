// Every setting of Votix, once: from this list come the reading of the environment, `.env.example`, the table of the README,
// `votix config check` and the tabs of /configure. Their words are the messages `setting.<NAME>`, `….about`, `….wrong`.

import type { SettingKind, ValueOf } from './setting-kinds.ts';

/** The tabs of /configure, and `server`: what a process must know before it opens its database. */
export const settingGroups = ['server', 'general', 'voting', 'smtp', 'google', 'appearance'] as const;
export type SettingGroup = (typeof settingGroups)[number];

interface Definition {
  readonly group: SettingGroup;
  readonly kind: SettingKind;
  readonly default?: string;
  readonly example: string;
  /** May stand in a file named by NAME_FILE; is never shown, and sealed at rest. */
  readonly secret?: true;
  /** Without it nobody can vote: set-up asks for it. */
  readonly required?: true;
}

const settingList = {
  HOST: { group: 'server', kind: 'host', default: '127.0.0.1', example: '0.0.0.0' },
  PORT: { group: 'server', kind: 'listening-port', default: '5000', example: '5000' },
  DATA_DIR: { group: 'server', kind: 'folder', default: './data', example: '/srv/votix/data' },
  /** `none`: no files. */
  LOG_DIR: { group: 'server', kind: 'folder', default: './logs', example: '/srv/votix/logs' },
  BACKUP_DIR: { group: 'server', kind: 'folder', example: '/mnt/backup/votix' },
  BACKUP_EVERY: { group: 'server', kind: 'hours', default: '24', example: '6' },
  BACKUP_KEEP: { group: 'server', kind: 'backup-count', default: '14', example: '30' },
  MIGRATE_WHILE_OPEN: { group: 'server', kind: 'flag', default: 'False', example: 'True' },
  DATABASE_URL: {
    group: 'server',
    kind: 'database',
    secret: true, // it holds a password
    example: 'postgres://votix:password@localhost:5432/votix',
  },
  SECRET_KEY: { group: 'server', kind: 'secret-key', secret: true, example: '$(openssl rand -base64 32)' },
  TRUSTED_PROXIES: { group: 'server', kind: 'ranges', example: '127.0.0.1,10.0.0.0/8' },
  METRICS_TOKEN: { group: 'server', kind: 'metrics-token', secret: true, example: '$(openssl rand -hex 32)' },

  ASSOCIATION_NAME: { group: 'general', kind: 'name', required: true, example: 'Bureau des élèves' },
  CONTACT_NAME: { group: 'general', kind: 'name', required: true, example: 'Election committee' },
  CONTACT_EMAIL: { group: 'general', kind: 'email', required: true, example: 'votes@example.org' },
  VOTING_URL: { group: 'general', kind: 'base-url', required: true, example: 'https://votix.example.com/vote' },
  DEFAULT_LANGUAGE: { group: 'general', kind: 'language', default: 'en', example: 'fr' },
  TIME_ZONE: { group: 'general', kind: 'zone', default: 'UTC', example: 'Europe/Paris' },

  VOTING_START: { group: 'voting', kind: 'instant', example: '1779400801' },
  VOTING_END: { group: 'voting', kind: 'instant', example: '1779458400' },
  VALID_EMAIL_DOMAINS: { group: 'voting', kind: 'domains', example: 'example.org,students.example.org' },
  PROMOTION_LIST: { group: 'voting', kind: 'promotions', example: 'E1,E2,E3,E4,E5' },
  RETENTION_DAYS: { group: 'voting', kind: 'retention', default: '90', example: '90' },

  SMTP_SERVER: { group: 'smtp', kind: 'host', example: 'smtp.example.org' },
  SMTP_PORT: { group: 'smtp', kind: 'port', default: '465', example: '465' },
  SMTP_USERNAME: { group: 'smtp', kind: 'line', example: 'no-reply@example.org' },
  SMTP_PASSWORD: { group: 'smtp', kind: 'secret', secret: true, example: 'the password of that account' },
  SMTP_FROM: { group: 'smtp', kind: 'sender', example: 'Elections <no-reply@example.org>' },
  SMTP_REPLY_TO: { group: 'smtp', kind: 'email', example: 'votes@example.org' },
  SMTP_VERIFY_SSL: { group: 'smtp', kind: 'flag', default: 'True', example: 'True' },
  SMTP_RATE: { group: 'smtp', kind: 'rate-per-minute', example: '20' },
  SMTP_CONNECTIONS: { group: 'smtp', kind: 'connection-count', example: '2' },
  SMTP_DKIM_SELECTOR: { group: 'smtp', kind: 'selector', example: 'mail' },
  IMAP_SERVER: { group: 'smtp', kind: 'host', example: 'imap.example.org' },
  IMAP_PORT: { group: 'smtp', kind: 'port', default: '993', example: '993' },
  IMAP_USERNAME: { group: 'smtp', kind: 'line', example: 'no-reply@example.org' },
  IMAP_PASSWORD: { group: 'smtp', kind: 'secret', secret: true, example: 'the password of that account' },
  IMAP_FOLDER: { group: 'smtp', kind: 'line', default: 'INBOX', example: 'INBOX' },
  IMAP_VERIFY_SSL: { group: 'smtp', kind: 'flag', default: 'True', example: 'True' },
  IMAP_RETURN_ADDRESS: { group: 'smtp', kind: 'email', example: 'no-reply@example.org' },

  GOOGLE_CLIENT_ID: { group: 'google', kind: 'line', example: '1234567890-abc.apps.googleusercontent.com' },
  GOOGLE_CLIENT_SECRET: { group: 'google', kind: 'secret', secret: true, example: 'from the Google Cloud Console' },

  ACCENT_COLOUR: { group: 'appearance', kind: 'colour', example: '1f4a86' },
} as const satisfies Readonly<Record<string, Definition>>;

type List = typeof settingList;
export type SettingName = keyof List;
/** What /configure changes without a restart. */
export type LiveName = { [Name in SettingName]: List[Name]['group'] extends 'server' ? never : Name }[SettingName];
export type SettingValue<Name extends SettingName> = ValueOf<List[Name]['kind']>;

export const settingNames = Object.keys(settingList) as readonly SettingName[];
export const definitionOfSetting = (name: SettingName): Definition => settingList[name];
export const isLive = (name: SettingName): name is LiveName => settingList[name].group !== 'server';

/** What the environment (or `.env`) says of them, as text that has passed its schema. */
export type Given = Readonly<Partial<Record<LiveName, string>>>;
