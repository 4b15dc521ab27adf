// The postman beside nodemailer alone, by the program that measures only that (mails.ts).

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Benchmark, digits, type Wish } from '../benchmark.ts';
import { median } from '../statistics.ts';

interface Answer {
  readonly postmanPerSecond: number;
  readonly ratio: number;
}

async function run({ quick, rounds }: Wish) {
  const answers: Answer[] = [];
  for (let round = 0; round < rounds; round++) {
    const args = [join(import.meta.dirname, '../mails.ts'), '--mails', quick ? '50' : '3000'];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    answers.push(JSON.parse(stdout) as Answer);
  }
  const rate = median(answers.map(({ postmanPerSecond }) => postmanPerSecond));
  return [
    { text: `${digits(median(answers.map(({ ratio }) => ratio)))} of its rate (${digits(rate)} mails a second)` },
  ];
}

export const mailsRow: Benchmark = {
  name: 'mails',
  wanted: 'told only',
  reference: 'nodemailer alone, the same letters to the same kind of server; SQLite, each outcome noted',
  rounds: 3,
  run,
};
