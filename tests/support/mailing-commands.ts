// What the tests of the commands that send mails share: a mail server for the test, and the settings that name it.

import { onTestFinished } from 'vitest';
import type { TestBench } from './databases.ts';
import { secret } from './elections.ts';
import { aMailSink, type MailSink, type SinkWish } from './mail-sink.ts';

export async function aSink(wish: SinkWish = {}): Promise<MailSink> {
  const sink = await aMailSink(wish);
  onTestFinished(() => sink.close());
  return sink;
}

/** Without a port, no mail server is set. */
export const environmentOf = ({ kind, address }: Pick<TestBench, 'kind' | 'address'>, port?: number) => ({
  DATABASE_URL: kind === 'sqlite' ? `sqlite:${address}` : address,
  SECRET_KEY: secret,
  ...(port !== undefined && {
    SMTP_SERVER: '127.0.0.1',
    SMTP_PORT: String(port),
    SMTP_FROM: 'Votix <no-reply@example.org>',
    SMTP_RATE: '10000',
  }),
});
