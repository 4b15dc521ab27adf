// Mails that came back are understood in every form, and nothing else is taken for one.

import { expect, test } from 'vitest';
import {
  aDelay,
  afterDelays,
  fromAnsweringMachine,
  fromMicrosoft,
  fromPostfix,
  fromQmail,
  fromSomebody,
} from '../../../../tests/support/returned-mails.ts';
import { deliveryOfAddress, returnAddress } from './return-address.ts';
import { parseReturned } from './returned.ts';

const deliveryId = '0f8fad5b-d9cb-469f-a165-70867728950e';
const other = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const to = returnAddress('votes@example.org', deliveryId);
const read = (text: string) => parseReturned(Buffer.from(text.replaceAll('\n', '\r\n')));

test('the return address names its delivery, whatever case it comes back in', () => {
  expect(to).toBe('votes+0f8fad5bd9cb469fa16570867728950e@example.org');
  expect(deliveryOfAddress(`"V" <${to.toUpperCase()}>`)).toBe(deliveryId);
  for (const foreign of ['votes@example.org', 'votes+news@example.org', 'votes+0f8fad5b@example.org'])
    expect(deliveryOfAddress(foreign)).toBeUndefined();
});

test.each([
  ['Postfix', fromPostfix, 'no-such-address', '5.1.1'],
  ['Microsoft 365, with the code in the words of the other server', fromMicrosoft, 'mailbox-full', '5.2.2'],
  ['a server that gave up after days', afterDelays, 'gave-up', '4.4.1'],
] as const)('%s, by the Message-ID it encloses', async (_, sample, cause, replyCode) => {
  expect(await read(sample({ deliveryId }))).toEqual({ deliveryId, cause, replyCode });
});

test('the address it came back to counts more than what is enclosed', async () => {
  expect(await read(fromPostfix({ deliveryId: other, to }))).toMatchObject({ deliveryId });
});

test('text alone is enough where the address says whose it is', async () => {
  expect(await read(fromQmail({ deliveryId: other, to }))).toEqual({
    deliveryId,
    cause: 'blocked',
    replyCode: '5.7.1',
  });
  expect(await read(fromQmail({ deliveryId }))).toBeUndefined();
});

test.each([
  ['a report of a delay', aDelay({ deliveryId, to })],
  ['an answering machine', fromAnsweringMachine({ deliveryId, to })],
  ['a letter that quotes codes', fromSomebody()],
  ['a letter to the return address', fromSomebody().replace('votes@example.org', to)],
  ['a report about a mail of somebody else', fromPostfix({ deliveryId: 'none-of-ours' })],
  ['nothing', ''],
  ['what is no mail', '\0\u0001 <<>>: : \n\n--B--'],
  ['a report cut off', fromPostfix({ deliveryId, to }).slice(0, 700)],
])('%s is none', async (_, text) => {
  expect(await read(text)).toBeUndefined();
});
