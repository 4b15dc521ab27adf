// The postman beside nodemailer alone, by the program that measures only that (mails.ts).

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { atLeast, type Benchmark, digits, type Wish } from '../benchmark.ts';
import { median } from '../statistics.ts';

interface Answer {
  readonly postman: { readonly perSecond: number };
  readonly ratio: number;
}

const least = 0.8;

async function run({ quick, rounds }: Wish) {
  const answers: Answer[] = [];
  for (let round = 0; round < rounds; round++) {
    const args = [join(import.meta.dirname, '../mails.ts'), '--mails', quick ? '50' : '10000'];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    answers.push(JSON.parse(stdout) as Answer);
  }
  const rate = median(answers.map(({ postman }) => postman.perSecond));
  const ratio = median(answers.map((answer) => answer.ratio));
  return [atLeast(ratio, least, `${digits(ratio)} of its rate (${digits(rate)} mails a second)`)];
}

export const mailsRow: Benchmark = {
  name: 'mails',
  wanted: `at least ${least} of its rate`,
  reference: 'nodemailer alone, one letter again and again to the same kind of server; SQLite, each outcome noted',
  run,
};
