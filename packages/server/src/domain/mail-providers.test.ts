import { expect, test } from 'vitest';
import { limitADay } from './mail-providers.ts';

test('more mails than a provider takes a day are told, with its name; as many as it takes are not', () => {
  expect(limitADay('smtp-relay.brevo.com', 301)).toEqual({ provider: 'Brevo', limit: 300 });
  expect(limitADay('smtp-relay.brevo.com', 300)).toBeUndefined();
  expect(limitADay('ssl0.ovh.net', 1_000_000)).toBeUndefined(); // says nothing of a day
  expect(limitADay('mail.example.org', 1_000_000)).toBeUndefined();
});
