// Images without a container engine: buildah builds them in a chroot, and what an engine would do at `run` is done here by
// hand: a mount and a process namespace, a root that cannot be written, the user of the image, no capabilities.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runOrThrow } from './debian.ts';

/** What `docker inspect` says of an image. */
export interface ImageConfig {
  readonly User: string;
  readonly Env: readonly string[];
  readonly Cmd: readonly string[];
  readonly WorkingDir: string;
  readonly Volumes: Readonly<Record<string, unknown>>;
  readonly Healthcheck: { readonly Test: readonly string[] };
}

export interface ImageStore {
  /** An image of a folder that is a whole root. */
  readonly import: (folder: string, image: string) => void;
  readonly build: (context: string, image: string, args?: readonly string[]) => void;
  /** The image's files, as a folder. */
  readonly mount: (image: string) => string;
  readonly inspect: (image: string) => ImageConfig;
}

export function openImageStore(folder: string): ImageStore {
  const storage = ['--root', join(folder, 'storage'), '--runroot', join(folder, 'run'), '--storage-driver', 'vfs'];
  const buildah = (...args: readonly string[]) => runOrThrow('buildah', [...storage, ...args], folder).trim();
  return {
    import: (from, image) => {
      const container = buildah('from', 'scratch');
      buildah('copy', '--quiet', container, from, '/');
      buildah('commit', '--quiet', '--rm', container, image);
    },
    // Only this format knows HEALTHCHECK.
    build: (context, image, args = []) =>
      void buildah('bud', '--isolation', 'chroot', '--format', 'docker', ...args, '--tag', image, context),
    mount: (image) => buildah('mount', buildah('from', '--pull-never', image)),
    inspect: (image) => {
      const { Docker } = JSON.parse(buildah('inspect', '--type', 'image', image)) as {
        Docker: { config: ImageConfig };
      };
      return Docker.config;
    },
  };
}

export interface Circumstances {
  readonly root: string;
  readonly config: Pick<ImageConfig, 'User' | 'Env' | 'WorkingDir'>;
  /** A machine rather than a container: files can be written everywhere. */
  readonly isMachine?: boolean;
  /** Folder of this machine → path inside. */
  readonly mounts?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Container {
  readonly output: () => string;
  /** The exit code, however it comes about. */
  readonly ended: Promise<number | null>;
  /** SIGTERM to process 1 of the container, and its exit code. */
  readonly stop: () => Promise<number | null>;
}

/** Mounts disappear with their namespace. `sh` becomes the program, which is process 1 then. */
const enter = `
root=$1 user=$2 mounts=$3 options=$4
shift 4
mount --make-rprivate /
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/tmp"
for pair in $mounts; do mount --bind "\${pair%%=*}" "$root\${pair#*=}"; done
mount -o "remount,bind$options" "$root"
exec chroot "$root" setpriv --reuid="\${user%:*}" --regid="\${user#*:}" --clear-groups --no-new-privs \
  --inh-caps=-all --bounding-set=-all "$@"`;

/** The network is this machine's own. */
export function runContainer(
  { root, config, mounts = {}, environment = {}, isMachine = false }: Circumstances,
  command: readonly string[],
): Container {
  const pairs = Object.entries(mounts).map(([from, to]) => `${from}=${to}`);
  const env = [...config.Env, ...Object.entries(environment).map(([name, value]) => `${name}=${value}`)];
  const inside = ['env', '-i', '-C', config.WorkingDir, ...env, ...command];
  const entering = ['sh', '-ec', enter, 'sh', root, config.User, pairs.join(' '), isMachine ? '' : ',ro', ...inside];
  const child = spawn('unshare', ['--mount', '--pid', '--fork', '--kill-child', ...entering], { stdio: 'pipe' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (output += bytes.toString()));
  child.stdin.end();
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { output: () => output, ended, stop: () => (terminate(child), ended) };
}

/** unshare waits for process 1 and ends as it does, but passes no signal on. */
function terminate({ pid }: ChildProcess): void {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  for (const id of children.split(' ').filter(Boolean)) process.kill(Number(id), 'SIGTERM');
}

export async function runToEnd(
  circumstances: Circumstances,
  command: readonly string[],
): Promise<{ readonly code: number | null; readonly output: string }> {
  const container = runContainer(circumstances, command);
  return { code: await container.ended, output: container.output() };
}
