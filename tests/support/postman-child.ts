// The postman in a process of its own, which the parent kills. argv: the kind and address of a database, the port of the
// mail server, and by how much its clock is ahead.

import { readOrganisation } from '../../packages/server/src/domain/settings.ts';
import { startMailWorker } from '../../packages/server/src/mail/worker.ts';
import { openDatabase } from '../../packages/server/src/storage/database.ts';
import { vault } from './elections.ts';
import { testKeys } from './verifiable-elections.ts';

const longestLifeMs = 60_000;

const [kind, where = '', port, ahead] = process.argv.slice(2);
const address = kind === 'sqlite' ? ({ kind, path: where } as const) : ({ kind: 'postgres', url: where } as const);
const db = await openDatabase(address, { clockOffsetMs: () => Number(ahead) });
startMailWorker({
  db,
  vault,
  credentialKeys: testKeys,
  log: { info: () => {}, error: () => {} },
  organisation: () => readOrganisation(db.reader, {}),
  settings: () =>
    Promise.resolve({
      host: '127.0.0.1',
      port: Number(port),
      username: '',
      password: '',
      from: 'no-reply@example.org',
      replyTo: '',
      verifyTls: true,
      perMinute: 1200, // no more in hand than the connections want; each kill is another minute
      connections: 5,
      dkimSelector: '',
      returnAddress: '',
    }),
});

// Nobody is left to kill it: the parent is gone, or has forgotten it.
process.once('disconnect', () => process.exit(1));
setTimeout(() => process.exit(1), longestLifeMs).unref();
process.send?.('carrying');
