// A backup off the main thread, with a connection of its own: no vote waits for it.

import { parentPort, workerData } from 'node:worker_threads';
import { type BackupWish, takeBackup } from './taking.ts';

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of Node has no origin
parentPort?.postMessage(await takeBackup(workerData as BackupWish));
