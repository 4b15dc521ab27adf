// <fieldset data-icons="address"> shows the icons that fit while one types; the chosen one stays chosen. The button that
// asks for the whole page again is for browsers without scripts, and becomes a plain one so that Enter saves the form.
import { getJson } from '../page/reply.ts';

const pauseMs = 200;

export function startIconPicker(picker: HTMLFieldSetElement): void {
  const search = picker.querySelector<HTMLInputElement>('input[type="search"]');
  const list = picker.querySelector<HTMLElement>('#icon-list');
  const summary = picker.querySelector<HTMLElement>('#icon-summary');
  const button = picker.querySelector('button');
  const model = list?.querySelector('label');
  if (!search || !list || !summary || !button || !model) return;
  const places = { list, summary, model: model.cloneNode(true) as HTMLLabelElement };
  let timer = 0;
  let asked = 0;
  const ask = async () => {
    const number = ++asked;
    const answer = await fetchIcons(picker, search.value);
    if (answer && number === asked) show(places, answer); // a slower answer to an earlier word is late
  };
  button.type = 'button';
  button.addEventListener('click', () => void ask());
  search.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), pauseMs);
  });
  search.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault(); // Enter means "search" here, not "save"
    void ask();
  });
}

const chosenIn = (place: HTMLElement): string =>
  place.querySelector<HTMLInputElement>('input[type="radio"]:checked')?.value ?? '';

interface Answer {
  readonly icons: readonly { readonly name: string; readonly url: string }[];
  readonly summary: string;
}

async function fetchIcons(picker: HTMLFieldSetElement, search: string): Promise<Answer | undefined> {
  const query = new URLSearchParams({ search, icon: chosenIn(picker) });
  const reply = await getJson(`${picker.dataset['icons'] ?? ''}?${query.toString()}`);
  if (reply.kind !== 'ok') return undefined;
  const { icons, summary } = reply.body;
  return Array.isArray(icons) && icons.every(isIcon) && typeof summary === 'string' ? { icons, summary } : undefined;
}

function isIcon(value: unknown): value is Answer['icons'][number] {
  const icon = value as Record<string, unknown> | null;
  return typeof icon?.['name'] === 'string' && typeof icon['url'] === 'string';
}

interface Places {
  readonly list: HTMLElement;
  readonly summary: HTMLElement;
  readonly model: HTMLLabelElement;
}

function show({ list, summary, model }: Places, answer: Answer): void {
  const chosen = chosenIn(list);
  const options = answer.icons.map(({ name, url }) => {
    const option = model.cloneNode(true) as HTMLLabelElement;
    const input = option.querySelector('input');
    if (input) {
      input.value = name;
      input.checked = name === chosen;
    }
    option.querySelector('use')?.setAttribute('href', url);
    const label = option.querySelector('span');
    if (label) label.textContent = name;
    return option;
  });
  list.replaceChildren(...options);
  list.scrollTop = 0;
  summary.textContent = answer.summary;
}
