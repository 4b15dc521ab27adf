// One thread of an issuer: opens the vault for itself and makes what it is asked for, slice after slice.

import { parentPort, workerData } from 'node:worker_threads';
import { type Issued, issueHere } from '../domain/links.ts';
import { openVault } from '../domain/vault.ts';
import type { Order } from './issuer.ts';

const issue = issueHere(openVault(workerData as string));

async function answer({ voterIds, now }: Order): Promise<void> {
  const issued: Issued[] = [];
  for await (const some of issue(voterIds, now)) issued.push(...some);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of Node has no origin
  parentPort?.postMessage(issued);
}

let last = Promise.resolve();
parentPort?.on('message', (order: Order) => {
  last = last.then(() => answer(order)); // what goes wrong ends the thread, and with it the import
});
