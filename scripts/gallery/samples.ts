// What the gallery shows: every view with sample models, full and empty, calm and in trouble.
import { makeKeyPair } from '@votix/protocol';
import { changeSamples } from './changes.ts';
import { configureSamples } from './configure.ts';
import { auditSamples } from './audit.ts';
import { directorySamples } from './directory.ts';
import { entranceSamples } from './entrance.ts';
import { mailSamples } from './mails.ts';
import { groupSamples } from './groups.ts';
import { preparingSamples } from './preparing.ts';
import { publicSamples } from './public.ts';
import { registrarSamples } from './registrar.ts';
import { rehearsalSamples } from './rehearsals.ts';
import { runningSamples } from './running.ts';
import { screenSamples } from './screen.ts';
import { systemSamples } from './system.ts';
import { userSamples } from './users.ts';
import type { Sample } from './sample.ts';
import { verifiableSamples } from './verifiable.ts';
import { verifySamples } from './verify.ts';
import { voterSamples } from './voters.ts';

export async function gallerySamples(icons: readonly string[]): Promise<readonly Sample[]> {
  const key = await makeKeyPair();
  return [
    ...publicSamples(key.publicKeyPem),
    ...entranceSamples(),
    ...preparingSamples(),
    ...mailSamples(),
    ...runningSamples(key),
    ...rehearsalSamples(key.publicKeyPem),
    ...groupSamples(icons),
    ...screenSamples(),
    ...systemSamples(),
    ...userSamples(),
    ...configureSamples(),
    ...directorySamples(),
    ...changeSamples(),
    ...auditSamples(),
    ...voterSamples(),
    ...verifiableSamples(),
    ...registrarSamples(),
    ...verifySamples(),
  ];
}
