// Logs: JSON lines on stdout (readable ones on a terminal) and the seed's five rotating files. A line's `channel` says into
// which; without one it is the application's. Nothing of a request but its route's pattern is ever given to them, and what
// slips in all the same under a telling name, or in the shape of a link, key or receipt, is masked here.

import { mkdirSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { type Logger, multistream, pino, type StreamEntry } from 'pino';
import pretty from 'pino-pretty';
import { createStream, type RotatingFileStream } from 'rotating-file-stream';

export type Log = Logger;

/** app: the application · admin: administrators' deeds · votix: voters and candidates · email: deliveries · database. */
export const channels = ['app', 'admin', 'votix', 'email', 'database'] as const;
export type Channel = (typeof channels)[number];

export interface OpenLog {
  readonly log: Log;
  /** Writes out what is waiting and closes the files; the last thing before the process ends. */
  readonly close: () => Promise<void>;
}

const rotation = { size: '10M', rotate: 9 } as const;
const masked = '[masked]';

const secretNames =
  'password passphrase secret token cookie authorization setupUrl link code key email ballot receipt choice'.split(' ');

/** UUIDs (links), 16 and 32 characters of Crockford's alphabet (typed keys, receipts), grouped or not, and addresses. */
const secretShapes = [
  /\b[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b/gi,
  /\b(?:[0-9A-HJKMNP-TV-Z]{4}[ -]?){7}[0-9A-HJKMNP-TV-Z]{4}\b/g,
  /\b(?:[0-9A-HJKMNP-TV-Z]{4}[ -]?){3}[0-9A-HJKMNP-TV-Z]{4}\b/g,
  /[^\s"'<>()]+@[^\s"'<>()]+\.[a-z]{2,}/gi,
];

/** For texts that we did not write: messages of errors, statements. */
export const maskShapes = (text: string): string =>
  secretShapes.reduce((masking, shape) => masking.replace(shape, masked), text);

const logOptions = {
  base: null,
  redact: { paths: secretNames.flatMap((name) => [name, `*.${name}`]), censor: masked },
  formatters: {
    log: (line: Record<string, unknown>) =>
      typeof line['error'] === 'string' ? { ...line, error: maskShapes(line['error']) } : line,
  },
} as const;

/** Reads the channel where pino has written it: lines of ours never hold another's text before it. */
const channelOf = (line: string): Channel =>
  channels.find((channel) => line.includes(`"channel":"${channel}"`)) ?? 'app';

interface LogFile {
  readonly write: (line: string) => void;
  /** Once everything is written, or cannot be. */
  readonly close: () => Promise<void>;
}

const againMs = 1000;

/**
 * A full disk must not end the elections, nor the file: lines are lost in it meanwhile (whoever reads stdout sees them all the same),
 * and from time to time it is opened anew.
 */
function openFile(folder: string, channel: Channel): LogFile {
  const open = (): RotatingFileStream => {
    const opened = createStream(`${channel}.log`, { path: folder, ...rotation });
    opened.on('error', (error) => {
      process.stderr.write(`${channel}.log: ${error.message}\n`);
      if (file === opened) [file, brokenAt] = [undefined, performance.now()];
    });
    return opened;
  };
  let brokenAt = 0;
  let file: RotatingFileStream | undefined = open();
  return {
    write: (line) => {
      if (!file && performance.now() - brokenAt > againMs) file = open();
      file?.write(line);
    },
    close: async () => {
      const last = file;
      last?.end();
      if (last) await finished(last).catch(() => {}); // told above
    },
  };
}

function openFiles(folder: string): Map<Channel, LogFile> {
  mkdirSync(folder, { recursive: true });
  return new Map(channels.map((channel) => [channel, openFile(folder, channel)]));
}

/** Without a terminal the lines are in the files only, without a folder on the terminal only. */
export function openLog(logDir: string | undefined, terminal: NodeJS.WriteStream | undefined): OpenLog {
  const files = logDir === undefined ? new Map<Channel, LogFile>() : openFiles(logDir);
  const toFiles = { write: (line: string) => files.get(channelOf(line))?.write(line) };
  const onTerminal = (stream: NodeJS.WriteStream): StreamEntry => ({
    stream: stream.isTTY ? pretty({ destination: stream, ignore: 'channel', sync: true }) : stream,
  });
  const streams = [...(terminal ? [onTerminal(terminal)] : []), { stream: toFiles }];
  const close = async () => void (await Promise.all([...files.values()].map((file) => file.close())));
  return { log: pino(logOptions, multistream(streams)), close };
}
