// A message that knows whether a connection has taken it up: nodemailer reads it once a connection to the mail server
// stands. From then on, without the server's answer, nobody can say whether it arrived.

import { Readable } from 'node:stream';

export interface OfferedMessage {
  readonly raw: Readable;
  readonly isOffered: () => boolean;
}

export function offeredMessage(bytes: Uint8Array): OfferedMessage {
  let offered = false;
  const raw = new Readable({
    read() {
      offered = true;
      this.push(bytes);
      this.push(null);
    },
  });
  return { raw, isOffered: () => offered };
}
