// Takes the public file of an election of this site, piece by piece so that its size is seen growing, and hands it on like a file
// of the disk.
import type { ListedElection } from './data.ts';
import type { GivenFile } from './worker-messages.ts';

/** Null when the site did not give all of it. */
export async function fetchFiles(
  { fileUrl, strictUrl, fileName }: ListedElection,
  signal: AbortSignal,
  onBytes: (done: number) => void,
): Promise<readonly GivenFile[] | null> {
  try {
    const file = await fetchOne(fileUrl, signal, onBytes);
    const strict = strictUrl === null ? null : await fetchOne(strictUrl, signal, () => undefined);
    return [{ name: fileName, content: file }, ...(strict === null ? [] : [{ name: 'strict.json', content: strict }])];
  } catch {
    return null;
  }
}

async function fetchOne(url: string, signal: AbortSignal, onBytes: (done: number) => void): Promise<Blob> {
  const response = await fetch(url, { credentials: 'same-origin', redirect: 'error', signal });
  if (response.status !== 200 || response.body === null) throw new Error(`no file at ${url}`);
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const reader = response.body.getReader();
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(pieces);
    pieces.push(value);
    bytes += value.byteLength;
    onBytes(bytes);
  }
}
