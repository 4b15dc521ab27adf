// Who may import whom: the table of ARCHITECTURE.md. `npm run check` fails when the two differ, and when a file imports
// what its row does not name. `node scripts/check-boundaries.ts --table` prints it for the document.
// The longest matching name wins; a part may import itself; "(types)" allows `import type` only.

export interface Row {
  readonly from: readonly string[];
  readonly parts: readonly string[];
  readonly packages: readonly string[];
}

const ANYTHING = 'anything';
const TYPES = ' (types)';

const TABLE: readonly Row[] = [
  { from: ['protocol'], parts: [], packages: ['@noble/*', 'jose', 'shamir-secret-sharing'] },
  { from: ['browser/page'], parts: ['protocol'], packages: ['lit-html', 'uqr'] },
  {
    from: [
      'browser/booth',
      'browser/keys',
      'browser/deliberation',
      'browser/verify',
      'browser/trustee',
      'browser/registrar',
      'browser/console',
    ],
    parts: ['protocol', 'browser/page'],
    packages: ['lit-html', 'uqr'],
  },
  {
    from: ['browser/build.ts', 'browser/disk-page.ts', 'browser/icon-sheets.ts'],
    parts: ['browser/disk-page.ts', 'browser/icon-sheets.ts'],
    packages: ['esbuild', 'bootstrap-icons', 'node:*'],
  },
  { from: ['offline'], parts: ['protocol'], packages: ['node:*'] },
  { from: ['offline/build.ts'], parts: [], packages: ['esbuild', 'node:*'] },
  {
    from: ['server/storage'],
    parts: ['protocol (types)'],
    packages: ['kysely', 'pg', 'node:sqlite', 'node:assert'],
  },
  {
    from: ['server/domain'],
    parts: ['server/storage', 'protocol', 'server/config.ts (types)'],
    packages: [
      'zod',
      'csv-parse',
      'sharp',
      'temporal-polyfill',
      'jose',
      'otpauth',
      '@simplewebauthn/server',
      'node:crypto',
      'node:util',
      'node:assert',
    ],
  },
  { from: ['server/messages'], parts: [], packages: ['intl-messageformat', 'node:assert'] },
  {
    from: ['server/views'],
    parts: ['protocol (types)', 'server/messages (types)'],
    packages: ['hono/html', 'hono/utils/html'],
  },
  {
    from: ['server/http'],
    parts: [
      'server/domain',
      'server/views',
      'server/messages',
      'server/minutes',
      'server/doctor',
      'protocol',
      'server/config.ts (types)',
      'server/assets.ts (types)',
      'server/log.ts (types)',
      'server/storage/database.ts (types)',
      'server/metrics (types)',
    ],
    packages: ['hono', '@hono/node-server', '@fastify/busboy', 'zod', 'uqr', 'node:*'],
  },
  {
    from: ['server/minutes'],
    parts: ['server/views (types)'],
    packages: ['pdfkit', 'fontkit', '@expo-google-fonts/noto-sans', 'node:*'],
  },
  {
    from: ['server/backup'],
    parts: ['server/storage', 'server/domain'],
    packages: ['zod', 'jose', 'node:*'],
  },
  {
    from: ['server/doctor'],
    parts: ['server/storage', 'server/domain', 'server/messages', 'server/config.ts (types)'],
    packages: ['node:*'],
  },
  {
    from: ['server/inspection'],
    parts: ['server/domain', 'server/storage', 'server/thread.ts'],
    packages: ['node:*'],
  },
  { from: ['server/metrics'], parts: ['server/storage (types)'], packages: ['prom-client', 'node:perf_hooks'] },
  { from: ['server/proofs'], parts: ['server/domain', 'server/thread.ts'], packages: ['node:*'] },
  { from: ['server/thread.ts'], parts: [], packages: ['node:worker_threads'] },
  {
    from: ['server/mail'],
    parts: ['server/storage', 'server/domain', 'server/messages'],
    packages: [
      'nodemailer',
      'imapflow',
      'mailparser',
      'node:dns',
      'node:events',
      'node:stream',
      'node:timers',
      'node:worker_threads',
    ],
  },
  {
    from: ['server/directory'],
    parts: ['server/storage', 'server/domain'],
    packages: ['openid-client', 'zod', 'node:assert', 'node:timers'],
  },
  {
    from: ['server/config.ts'],
    parts: ['server/domain', 'server/messages', 'server/storage (types)'],
    packages: ['zod', 'node:*'],
  },
  {
    from: ['server/assets.ts', 'server/log.ts', 'server/secret.ts', 'server/folders.ts', 'server/credential-keys.ts'],
    parts: ['server/config.ts (types)', 'server/http (types)', 'server/domain (types)'],
    packages: ['zod', 'pino', 'pino-pretty', 'rotating-file-stream', 'node:*'],
  },
  {
    from: [
      'server/main.ts',
      'server/app.ts',
      'server/listening.ts',
      'server/instance.ts',
      'server/upgrade.ts',
      'server/repeating.ts',
      'server/stopping.ts',
      'server/commands',
    ],
    parts: ['server', 'protocol'],
    packages: [ANYTHING],
  },
  { from: ['server/bin'], parts: ['server/main.ts', 'server/commands', 'browser/build.ts'], packages: ['node:*'] },
];

export function findRow(part: string): Row | undefined {
  const matches = TABLE.flatMap((row) => row.from.map((from) => ({ row, from })));
  return matches.filter(({ from }) => isInside(part, from)).toSorted((a, b) => b.from.length - a.from.length)[0]?.row;
}

export function allowsPart(row: Row, part: string, typesOnly: boolean): boolean {
  const allowed = row.parts.filter((name) => typesOnly || !name.endsWith(TYPES)).map((name) => name.replace(TYPES, ''));
  return allowed.some((name) => isInside(part, name));
}

export function allowsPackage(row: Row, specifier: string): boolean {
  return row.packages.some((name) => {
    if (name === ANYTHING) return true;
    return name.endsWith('*') ? specifier.startsWith(name.slice(0, -1)) : isInside(specifier, name);
  });
}

/** Whether `path` is `folder` or lies in it. */
export function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

export function renderTable(rows: readonly Row[] = TABLE): string[] {
  const cells = rows.map((row) => [row.from, row.parts, row.packages].map((names) => names.join(', ') || '–'));
  return [['part', 'may import from Votix', 'from packages and Node'], ['---', '---', '---'], ...cells].map(
    (cell) => `| ${cell.join(' | ')} |`,
  );
}
