// Seals every box that is due, in a process of its own that the parent kills. argv: the kind and address of a database.

import { sealDueBoxes } from '../../packages/server/src/domain/boxes.ts';
import { openDatabase } from '../../packages/server/src/storage/database.ts';

const [kind, where = ''] = process.argv.slice(2);
const offset = { clockOffsetMs: () => 2 * 3_600_000 };
const db = await openDatabase(kind === 'sqlite' ? { kind, path: where } : { kind: 'postgres', url: where }, offset);
process.on('message', () => {
  void sealDueBoxes(db).then(() => process.send?.('sealed'));
});
process.send?.('ready');
