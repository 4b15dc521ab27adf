// <div data-directory="address"> looks people up while one types and fills the form around it with the one that is chosen: an
// editable combobox with a list (ARIA Authoring Practices, combobox pattern). Without this program a link leads to a page.

const pauseMs = 250;
const fewestLetters = 2;
const patienceMs = 15_000;

interface Person {
  readonly lastName: string;
  readonly firstName: string;
  readonly email: string;
  readonly about: string;
}

type Answer = { readonly people: readonly Person[]; readonly told: string };

export function startDirectorySearch(root: HTMLElement): void {
  const box = root.querySelector<HTMLElement>('.field');
  const input = root.querySelector<HTMLInputElement>('input[role="combobox"]');
  const list = root.querySelector<HTMLElement>('[role="listbox"]');
  const status = root.querySelector<HTMLElement>('[role="status"]');
  if (!box || !input || !list || !status) return;
  box.hidden = false;
  root.querySelector('p')?.remove(); // the link to the page for browsers without scripts
  new Combobox(root, { input, list, status }).listen();
}

interface Parts {
  readonly input: HTMLInputElement;
  readonly list: HTMLElement;
  readonly status: HTMLElement;
}

class Combobox {
  readonly #root: HTMLElement;
  readonly #parts: Parts;
  #people: readonly Person[] = [];
  #active = -1;
  #timer = 0;
  #asking: AbortController | undefined;

  constructor(root: HTMLElement, parts: Parts) {
    this.#root = root;
    this.#parts = parts;
  }

  listen(): void {
    const { input, list } = this.#parts;
    input.addEventListener('input', () => this.#typed());
    input.addEventListener('keydown', (event) => this.#pressed(event));
    input.addEventListener('blur', () => this.#close());
    // The focus stays where one types, whatever is pressed in the list.
    list.addEventListener('pointerdown', (event) => event.preventDefault());
    list.addEventListener('click', (event) => {
      const option = (event.target as Element).closest('[role="option"]');
      if (option) this.#choose([...list.children].indexOf(option));
    });
  }

  #typed(): void {
    clearTimeout(this.#timer);
    this.#asking?.abort(); // an answer to what stood there before is late
    this.#asking = undefined;
    this.#offer([]);
    const query = this.#parts.input.value.trim();
    this.#say('');
    if (query.length >= fewestLetters) this.#timer = window.setTimeout(() => void this.#ask(query), pauseMs);
  }

  async #ask(query: string): Promise<void> {
    const asking = new AbortController();
    this.#asking = asking;
    this.#say(this.#root.dataset['searching'] ?? '');
    const answer = await this.#fetch(query, asking.signal);
    if (asking.signal.aborted) return;
    this.#asking = undefined;
    this.#say(answer?.told ?? this.#root.dataset['noAnswer'] ?? '');
    this.#offer(answer?.people ?? []);
  }

  async #fetch(query: string, signal: AbortSignal): Promise<Answer | undefined> {
    const patience = new AbortController();
    const stop = () => patience.abort();
    const timer = setTimeout(stop, patienceMs);
    signal.addEventListener('abort', stop);
    try {
      const address = `${this.#root.dataset['directory'] ?? ''}?${new URLSearchParams({ q: query }).toString()}`;
      const response = await fetch(address, { cache: 'no-store', redirect: 'error', signal: patience.signal });
      return readAnswer(await response.json());
    } catch {
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Also when nobody is left: then there is no list. */
  #offer(people: readonly Person[]): void {
    this.#people = people;
    this.#parts.list.replaceChildren(...people.map(optionOf));
    this.#parts.list.scrollTop = 0;
    this.#show(people.length > 0 && document.activeElement === this.#parts.input); // it would lie over another field
  }

  #show(isOpen: boolean): void {
    this.#parts.list.hidden = !isOpen;
    this.#parts.input.setAttribute('aria-expanded', String(isOpen));
    this.#mark(-1);
  }

  #close(): void {
    this.#show(false);
  }

  #mark(index: number): void {
    const { input, list } = this.#parts;
    list.querySelector('[aria-selected="true"]')?.setAttribute('aria-selected', 'false');
    this.#active = index;
    const option = list.children[index];
    if (!option) return input.removeAttribute('aria-activedescendant');
    option.setAttribute('aria-selected', 'true');
    input.setAttribute('aria-activedescendant', option.id);
    option.scrollIntoView({ block: 'nearest' });
  }

  #pressed(event: KeyboardEvent): void {
    if (event.isComposing) return; // a letter is still being put together
    const isOpen = !this.#parts.list.hidden;
    const count = this.#people.length;
    if (event.key === 'Enter') {
      event.preventDefault(); // it never adds the voter
      if (isOpen && this.#active >= 0) this.#choose(this.#active);
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      this.#close();
    } else if (event.key === 'Escape') {
      this.#parts.input.value = '';
      this.#typed();
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && count > 0) {
      event.preventDefault();
      if (!isOpen) this.#show(true);
      if (event.altKey) return;
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const from = this.#active < 0 && step < 0 ? count : this.#active;
      this.#mark((from + step + count) % count);
    }
  }

  #choose(index: number): void {
    const person = this.#people[index];
    if (!person) return;
    const { input } = this.#parts;
    for (const field of ['lastName', 'firstName', 'email'] as const) {
      const place = input.form?.elements.namedItem(field);
      if (place instanceof HTMLInputElement) place.value = person[field];
    }
    input.value = nameOf(person);
    this.#offer([]);
    this.#say((this.#root.dataset['filled'] ?? '').replace('{name}', () => nameOf(person)));
  }

  #say(text: string): void {
    this.#parts.status.textContent = text;
  }
}

const nameOf = ({ firstName, lastName, email }: Person): string => `${firstName} ${lastName}`.trim() || email;

function optionOf(person: Person, index: number): HTMLElement {
  const option = document.createElement('li');
  option.id = `directory-option-${index}`;
  option.setAttribute('role', 'option');
  option.setAttribute('aria-selected', 'false');
  const line = (className: string, text: string) => {
    const span = document.createElement('span');
    span.className = className;
    span.textContent = text;
    return span;
  };
  const told = line('quiet', '');
  const at = person.email.lastIndexOf('@') + 1;
  // A long address breaks after its @, not in the middle of a word.
  told.append(person.email.slice(0, at), document.createElement('wbr'), person.email.slice(at));
  if (person.about !== '') told.append(` · ${person.about}`);
  option.append(line('combobox-name', nameOf(person)), told);
  return option;
}

/** A list of people, or a refusal in words; anything else is no answer of ours. */
function readAnswer(body: unknown): Answer | undefined {
  const { people, summary, title, detail } = (body ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof title === 'string' && typeof detail === 'string') return { people: [], told: `${title}. ${detail}` };
  if (typeof summary !== 'string' || !Array.isArray(people)) return undefined;
  return { people: people.filter(isPerson), told: summary };
}

function isPerson(value: unknown): value is Person {
  const person = value as Record<string, unknown> | null;
  return ['lastName', 'firstName', 'email', 'about'].every((field) => typeof person?.[field] === 'string');
}
