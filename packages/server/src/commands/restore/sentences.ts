// What is wrong with an archive, and what to do.

import type { CheckOutcome, SecretVerdict } from '../../backup/restoring.ts';

type Problem = Exclude<CheckOutcome, { ok: true }>;

const sentences: Readonly<Record<Problem['reason'], string>> = {
  'not-an-archive': 'This is not a backup of Votix: give a file that `votix backup` wrote.',
  'newer-format': 'This backup was written by a newer Votix. Install that version first.',
  'newer-schema': 'This backup was written by a newer Votix. Install that version first.',
  truncated: 'This backup is cut off: its end is missing. Copy it again, or take another one.',
  damaged: 'This backup is damaged: its content is not what was written. Copy it again, or take another one.',
};

export const archiveSentence = ({ reason, software }: Problem): string =>
  software === undefined
    ? sentences[reason]
    : sentences[reason].replace('a newer Votix', `a newer Votix (${software})`);

export const secretSentence = (verdict: Exclude<SecretVerdict, 'fits'>): string =>
  verdict === 'other-secret'
    ? 'This backup was written under another secret. Give its SECRET_KEY, or put its file `secret` into the folder of the data (the recovery sheet holds it). Nothing was changed.'
    : 'This backup was changed by somebody who does not know the secret of the server. Do not use it. Nothing was changed.';
