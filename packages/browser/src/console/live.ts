// An element with data-live="address" makes its page follow: the numbers that people's votes change are written where
// data-live-text and data-live-width name them. Whatever else changes (the box is closed, a building more), the page is
// asked for anew. Without this program a reload shows the same.

interface News {
  /** The server's clock, epoch milliseconds. */
  readonly now: number;
  readonly shapes: Readonly<Record<string, string>>;
  readonly texts: Readonly<Record<string, string>>;
}

/** The server says something every 15 seconds, be it that nothing is new. */
const silenceMs = 40_000;
const tryAgainMs = 20_000;
/** Hundreds of pages do not ask at the same moment. */
const spreadMs = 3_000;
const reloadEveryMs = 15_000;

export function follow(root: HTMLElement): void {
  const shapes = JSON.parse(root.dataset['liveShapes'] ?? '{}') as Record<string, string>;
  const madeAt = Number(root.dataset['liveNow']);
  const page = { clock: startClock(madeAt), loadedAt: Date.now() };
  let source: EventSource | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;

  const open = (): void => {
    source?.close();
    source = new EventSource(root.dataset['live'] ?? '');
    source.addEventListener('message', ({ data }: MessageEvent<string>) => hear(JSON.parse(data) as News));
    source.addEventListener('still', ({ data }: MessageEvent<string>) => isHere(Number(data)));
    source.addEventListener('error', () => {
      showLost(true);
      if (source?.readyState === EventSource.CLOSED) waitFor(tryAgainMs); // else the browser itself tries again
    });
    waitFor(silenceMs);
  };
  const waitFor = (ms: number): void => {
    clearTimeout(silence);
    silence = setTimeout(
      () => {
        showLost(true);
        open();
      },
      ms + Math.random() * spreadMs,
    );
  };
  const isHere = (now: number): void => {
    page.clock.set(now);
    showLost(false);
    waitFor(silenceMs);
  };
  const hear = ({ now, shapes: told, texts }: News): void => {
    isHere(now);
    if (now < madeAt) return; // the page knows better
    const isChanged = Object.entries(shapes).some(([id, shape]) => (told[id] ?? '') !== shape);
    if (isChanged) return void setTimeout(reload, Math.random() * spreadMs);
    write(texts);
  };
  const reload = (): void => {
    if (isTyping()) return;
    const early = page.loadedAt + reloadEveryMs - Date.now();
    if (early > 0) setTimeout(reload, early);
    else location.reload();
  };
  if (Object.keys(shapes).length > 0) open();
}

function write(texts: News['texts']): void {
  for (const place of document.querySelectorAll<HTMLElement>('[data-live-text]')) {
    const text = texts[place.dataset['liveText'] ?? ''];
    if (text !== undefined && place.textContent !== text) place.textContent = text;
  }
  for (const bar of document.querySelectorAll<SVGElement>('[data-live-width]')) {
    const width = texts[bar.dataset['liveWidth'] ?? ''];
    if (width !== undefined) bar.setAttribute('width', width);
  }
}

/** What somebody has typed is not thrown away. */
function isTyping(): boolean {
  const fields = [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')];
  return fields.some((field) => field.value !== field.defaultValue);
}

let lostAt: number | undefined;

/** Only where the page has a place for it: the numbers of other pages are as old as their reader knows. */
function showLost(isLost: boolean): void {
  const place = document.querySelector<HTMLElement>('[data-live-lost]');
  if (!place || isLost === (lostAt !== undefined)) return;
  lostAt = isLost ? Date.now() : undefined;
  const clock = document.querySelector('[data-clock]')?.textContent ?? '';
  place.textContent = isLost ? (place.dataset['liveLost'] ?? '').replace('{at}', clock) : '';
  place.hidden = !isLost;
  document.body.toggleAttribute('data-lost', isLost);
}

/** <p data-clock="zone"> goes by the server's clock; a television's own is seldom right. */
function startClock(madeAt: number): { readonly set: (now: number) => void } {
  const place = document.querySelector<HTMLElement>('[data-clock]');
  if (!place) return { set: () => {} };
  let ahead = madeAt - Date.now();
  const format = new Intl.DateTimeFormat(document.documentElement.lang === 'fr' ? 'fr-FR' : 'en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: place.dataset['clock'],
  });
  setInterval(() => {
    place.textContent = format.format(Date.now() + ahead);
  }, 1_000);
  return {
    set: (now) => {
      ahead = now - Date.now();
    },
  };
}

/** The computer behind a television does not go to sleep, where its browser can see to that. */
export function stayAwake(): void {
  const ask = () => void navigator.wakeLock?.request('screen').catch(() => {});
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') ask();
  });
  ask();
}
