// A real IMAP server (Dovecot, a Debian package: dovecot-imapd) on loopback with one mailbox, as root or not; its mails are
// files (Maildir) that the test puts there and looks at. Undefined where it is not installed.

import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { once } from 'node:events';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../packages/server/src/commands/rehearsal/server.ts';

const program = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot'].find(existsSync);
export const hasImapServer = program !== undefined;

export interface ImapServer {
  readonly port: number;
  readonly username: string;
  readonly password: string;
  /** Puts a mail into the mailbox. */
  deliver(text: string): void;
  /** Every mail that is there: its text and the flags of Maildir (`S` for read), in the order of delivery. */
  mails(): { readonly text: string; readonly flags: string }[];
  close(): Promise<void>;
}

/** Dovecot refuses to work as root, and without root to work as anybody else. */
function configuration(folder: string, port: number): string {
  const isRoot = process.getuid?.() === 0;
  const me = userInfo().username;
  const [internal, login, mail] = isRoot ? ['dovecot', 'dovenull', 'nobody'] : [me, me, me];
  return `
base_dir = ${folder}/run
state_dir = ${folder}/run
log_path = ${folder}/log
protocols = imap
ssl = no
disable_plaintext_auth = no
default_internal_user = ${internal}
default_login_user = ${login}
mail_location = maildir:${folder}/mail
first_valid_uid = 1
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=${mail} gid=${isRoot ? 'nogroup' : String(process.getgid?.())} home=${folder}
}
service imap-login {
  chroot =
  inet_listener imap {
    address = 127.0.0.1
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
`;
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'data');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

export async function anImapServer(): Promise<ImapServer> {
  const folder = mkdtempSync(join(tmpdir(), 'votix-imap-'));
  for (const name of ['', 'run', 'mail', 'mail/new', 'mail/cur', 'mail/tmp']) {
    mkdirSync(join(folder, name), { recursive: true });
    chmodSync(join(folder, name), name.startsWith('mail') ? 0o777 : 0o755);
  }
  const port = await freePort();
  writeFileSync(join(folder, 'dovecot.conf'), configuration(folder, port));
  const child = spawn(program!, ['-F', '-c', join(folder, 'dovecot.conf')], { stdio: 'ignore' });
  for (let tries = 0; !(await isListening(port)); tries++) {
    if (tries > 100) throw new Error(`Dovecot did not start:\n${readFileSync(join(folder, 'log'), 'utf8')}`);
    await pause(50);
  }
  let delivered = 0;
  return {
    port,
    username: 'votix',
    password: 'secret',
    deliver: (text) => {
      const name = `${String(++delivered).padStart(6, '0')}.${randomUUID()}.test`;
      writeFileSync(join(folder, 'mail/tmp', name), text.replaceAll(/\r?\n/g, '\r\n'), { mode: 0o666 });
      const path = join(folder, 'mail/new', name);
      writeFileSync(path, readFileSync(join(folder, 'mail/tmp', name)));
      chmodSync(path, 0o666);
      rmSync(join(folder, 'mail/tmp', name));
    },
    mails: () =>
      ['new', 'cur']
        .flatMap((part) => readdirSync(join(folder, 'mail', part)).map((name) => ({ part, name })))
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
        .map(({ part, name }) => ({
          text: readFileSync(join(folder, 'mail', part, name), 'utf8').replaceAll('\r\n', '\n'),
          flags: /:2,(\w*)/.exec(name)?.[1] ?? '',
        })),
    close: async () => {
      const exit = once(child, 'exit', { signal: AbortSignal.timeout(10_000) });
      child.kill('SIGTERM');
      await exit;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
