// <section data-watch="address"> asks how a long work goes and writes the answer's finished texts where data-watched names
// them, until it is over: then the page is loaded anew. <p data-awaited> says what the server does by itself in a few seconds.
// Without this program a reload shows the same.

import { getJson } from '../page/reply.ts';

interface Progress {
  readonly state: string;
  readonly why: string;
  readonly done: number;
  readonly total: number;
  readonly texts: Readonly<Record<string, string>>;
}

const everyMs = 2_000;
const awaitedAtMostMs = 5 * 60_000;

export function watch(section: HTMLElement): void {
  const address = section.dataset['watch'] ?? '';
  const ask = async (): Promise<void> => {
    const reply = await getJson(address);
    if (reply.kind === 'problem') return location.reload(); // a session that has ended: the page itself knows what to do
    if (reply.kind === 'ok') {
      const progress = reply.body as unknown as Progress;
      if (progress.state !== 'running' || progress.why !== section.dataset['why']) return location.reload();
      show(section, progress);
    }
    setTimeout(() => void ask(), everyMs);
  };
  setTimeout(() => void ask(), everyMs);
}

/** The page is asked for until it awaits nothing, and loaded anew; not for ever, it would keep a forgotten session alive. */
export function awaitEnd(): void {
  const until = Date.now() + awaitedAtMostMs;
  const ask = async (): Promise<void> => {
    const text = await fetch(location.href)
      .then((answer) => (answer.ok ? answer.text() : undefined))
      .catch(() => undefined); // asked again
    if (text?.includes('data-awaited') === false) return location.reload();
    if (Date.now() < until) setTimeout(() => void ask(), everyMs);
  };
  setTimeout(() => void ask(), everyMs);
}

function show(section: HTMLElement, { done, total, texts }: Progress): void {
  const bar = section.querySelector('progress');
  if (bar) {
    bar.max = Math.max(total, 1);
    bar.value = done;
  }
  for (const place of section.querySelectorAll<HTMLElement>('[data-watched]')) {
    const text = texts[place.dataset['watched'] ?? ''];
    if (text !== undefined && place.textContent !== text) place.textContent = text;
  }
}
