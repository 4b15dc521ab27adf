// The real server in a process of its own, with a clock that the parent moves by message. Only for tests.

import { buildBundle, isBundleStale } from '../../packages/browser/src/build.ts';
import { describeProblems, readConfig } from '../../packages/server/src/config.ts';
import type { GoogleEndpoints } from '../../packages/server/src/directory/google-endpoints.ts';
import { startServer } from '../../packages/server/src/main.ts';
import { stopOnSignals } from '../../packages/server/src/stopping.ts';

let clockOffsetMs = 0;
const read = readConfig(process.env);
if (!read.ok) throw new Error(describeProblems(read.problems));
const standIn = process.env['STAND_IN']; // of Google's servers
const google = standIn === undefined ? {} : { google: JSON.parse(standIn) as GoogleEndpoints };
if (isBundleStale()) await buildBundle();
const server = await startServer(read.config, { clockOffsetMs: () => clockOffsetMs, ...google });

process.on('message', (message: { readonly clockOffsetMs: number }) => {
  clockOffsetMs = message.clockOffsetMs;
  process.send?.({ clockOffsetMs });
});
stopOnSignals(server);
process.send?.({ url: server.url });
