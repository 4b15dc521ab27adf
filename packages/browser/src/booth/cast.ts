// Sends one sealed ballot and reads the server's word about it. The answer is checked here, where it enters.
import { postJson, type Reply } from '../page/reply.ts';
import type { CastAnswer, Head } from './state.ts';

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
      const { status, receipt, recordedAt, head } = reply.body;
      if (status !== 'recorded' || typeof receipt !== 'string' || typeof recordedAt !== 'string') {
        return { kind: 'no-answer' };
      }
      return { kind: 'recorded', receipt, recordedAt, head: readHead(head) };
    }
  }
}

/** What is no head is left out: the vote is recorded all the same. */
function readHead(told: unknown): Head | null {
  const { height, hash } = (told ?? {}) as { readonly height?: unknown; readonly hash?: unknown };
  if (typeof height !== 'number' || typeof hash !== 'string' || !/^[0-9a-f]{64}$/.test(hash)) return null;
  return { height, hash };
}
