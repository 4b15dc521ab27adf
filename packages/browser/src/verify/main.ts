// The page /verify of a server: its composition root. Works over plain http as well: checking takes no secret.
import { readPageData, takeStage } from '../page/data.ts';
import { followDisplay } from '../page/display.ts';
import { trustedWorkerUrl } from '../page/worker-url.ts';
import type { VerifyData } from './data.ts';
import { runVerify } from './run.ts';

followDisplay();
const data = readPageData('verify-data') as VerifyData;
const { locale, version, elections, chosen, messages, workerUrl } = data;

runVerify({
  stage: takeStage('verify'),
  locale,
  messagesIn: () => messages,
  makeWorker: () => new Worker(trustedWorkerUrl(workerUrl)),
  version,
  elections,
  chosen,
});
