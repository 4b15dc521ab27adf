// A backup off the main thread, with a connection of its own: no vote waits for it. Any message breaks it off.

import { parentPort, workerData } from 'node:worker_threads';
import { type BackupWish, takeBackup } from './taking.ts';

const breaking = new AbortController();
parentPort?.once('message', () => breaking.abort());
const outcome = await takeBackup(workerData as BackupWish, breaking.signal);
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of Node has no origin
parentPort?.postMessage(outcome);
parentPort?.close();
