// Sends one sealed ballot and reads the server's word about it. The answer is checked here, where it enters.
import { parseReceipt } from '@votix/protocol';
import { postJson, type Reply } from '../page/reply.ts';
import type { CastAnswer } from './state.ts';

export async function castBallot(url: string, ballot: string, code: string): Promise<CastAnswer> {
  return readCastReply(await postJson(url, { ballot, code }));
}

export function readCastReply(reply: Reply): CastAnswer {
  switch (reply.kind) {
    case 'no-answer':
      return { kind: 'no-answer' };
    case 'problem': {
      const { reason, title, detail } = reply.problem;
      return { kind: 'refused', reason, title, detail };
    }
    case 'ok': {
      const { status, receipt, recordedAt } = reply.body;
      if (status !== 'recorded' || typeof receipt !== 'string' || typeof recordedAt !== 'string') {
        return { kind: 'no-answer' };
      }
      const parsed = parseReceipt(receipt);
      return { kind: 'recorded', receipt: parsed.ok ? parsed.receipt : receipt, recordedAt };
    }
  }
}
