// Who makes the voter codes: the console's page in each state, and a registrar's own page from the first look to the letters.
import { readFileSync } from 'node:fs';
import type { Page as Tab } from '@playwright/test';
import { clientMessages } from '../../packages/server/src/messages/translate.ts';
import { credentialsPage, type CredentialsView } from '../../packages/server/src/views/credentials.ts';
import { registrarPage } from '../../packages/server/src/views/registrar.ts';
import { head, nameOf, sayIn, window } from './models.ts';
import type { Sample } from './sample.ts';

const name = 'Rosa Keller-Delacroix';
const link = 'https://vote.example.org/registrar/kJ4mQ2sW8xY1zB6nR3tV5pL9cD0';
const registrar = { name, link, reserve: 10, state: 'ready', uncovered: 0, free: 8 } as const;
const given = [
  { number: 4, given: 'late', voterId: 'v1', name: 'Mohammed-Amine Benchekroun de La Rochefoucauld' },
  { number: 9, given: 'replaced', voterId: 'v2', name: 'Lou Caron' },
] as const;

const voter = (id: number, firstName: string, lastName: string, promotion: string) => ({
  id: `v${id}`,
  lastName,
  firstName,
  email: `v${id}@example.org`,
  promotion,
  building: '',
});
const voters = [
  voter(1, 'Anaïs', 'Martin', 'E1'),
  voter(2, 'Lou', 'Caron', 'E2'),
  voter(3, 'Mohammed-Amine', 'Benchekroun de La Rochefoucauld', 'E2'),
  voter(4, 'Noémie', 'Lefebvre', 'E3'),
  voter(5, 'Yann', 'Le Goff', 'E3'),
];

export function registrarSamples(): Sample[] {
  const inConsole = (sample: string, phase: 'draft' | 'open', more: Partial<CredentialsView>): Sample => ({
    name: `credentials-${sample}`,
    signedIn: true,
    render: (page) =>
      credentialsPage(page, {
        election: { ...head(sayIn(page.locale), phase), isVerifiable: true },
        registrar: undefined,
        given: [],
        canChange: phase === 'draft',
        values: { name: '', reserve: '10' },
        problems: {},
        ...more,
      }),
  });
  return [
    inConsole('server', 'draft', {}),
    inConsole('waiting', 'draft', { registrar: { ...registrar, state: 'registrar-unfinished', free: 0 } }),
    inConsole('outdated', 'draft', { registrar: { ...registrar, state: 'registrar-outdated', uncovered: 3 } }),
    inConsole('too-few', 'draft', { registrar: { ...registrar, state: 'registrar-outdated', uncovered: 3, free: 1 } }),
    inConsole('given', 'open', { registrar, given }),
    seatSample('make', { stage: 'making' }, { withoutScripts: true }),
    seatSample('open', { stage: 'open', given: [reserveOf(2, 'replaced')] }),
    seatSample('over', { stage: 'over' }),
    seatSample('paper', { stage: 'making' }, { act: async (tab) => void (await toPaper(tab)) }),
    seatSample('letters', { stage: 'making', given: [reserveOf(2, 'replaced')] }, { act: toLetters, printed: true }),
  ];
}

function reserveOf(number: number, how: 'late' | 'replaced') {
  const { id: voterId, ...names } = voters[1]!;
  return { ...names, number, given: how, voterId };
}

/** What the server says when the page asks, and the page. */
function seatSample(sample: string, seat: Readonly<Record<string, unknown>>, more: Partial<Sample> = {}): Sample {
  const of = { groupName: 'Ed25519', uuid: 'Bq1K4YDQEDaYfB', voters: 5, reserve: 2, attempt: null, uncovered: 0 };
  const path = `/registrars/${sample}`;
  return {
    name: `registrar-${sample}`,
    answers: {
      [`${path}.json`]: { ...of, given: [], ...seat },
      [`${path}/roll.json`]: { voters },
      [`${path}/part.json`]: { status: 'taken' },
    },
    render: (page) =>
      registrarPage(page, {
        locale: page.locale,
        electionName: nameOf(sayIn(page.locale)),
        registrarName: name,
        organisation: page.organisation,
        fileName: 'votix-voter-codes.jwe',
        listName: 'votix-voter-codes.csv',
        seatUrl: `${path}.json`,
        rollUrl: `${path}/roll.json`,
        partUrl: `${path}/part.json`,
        finishUrl: `${path}/part.json`,
        workerUrl: `/${page.asset('registrar-worker').url}`,
        opens: page.formatInstant(window.opensAt, window.zone),
        closes: page.formatInstant(window.closesAt, window.zone),
        messages: clientMessages(page.locale, 'registrar.'),
      }),
    act: async (tab) => tab.locator('#registrar h2').waitFor(),
    ...more,
  };
}

const press = (tab: Tab, at = -1) => tab.locator('.ceremony .button--primary').nth(at).click();

async function toPaper(tab: Tab): Promise<{ readonly text: string; readonly passphrase: string }> {
  await tab.locator('#registrar h2').waitFor();
  await press(tab);
  const download = tab.waitForEvent('download');
  await tab.locator('[data-screen=save] .button--primary').click();
  const text = readFileSync(await (await download).path(), 'utf8');
  await press(tab);
  await tab.locator('[data-screen=paper]').waitFor();
  return { text, passphrase: (await tab.locator('.passphrase span').allTextContents()).join('-') };
}

async function toLetters(tab: Tab): Promise<void> {
  const { text, passphrase } = await toPaper(tab);
  await press(tab);
  const file = { name: 'votix-voter-codes.jwe', mimeType: 'text/plain', buffer: Buffer.from(text) };
  await tab.locator('#key-file').setInputFiles(file);
  await tab.locator('#passphrase').fill(passphrase);
  await press(tab);
  await tab.locator('[data-screen=letters]').waitFor();
}
