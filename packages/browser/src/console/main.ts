// Small comforts for pages that work without any script: print, copy, a typed name before a dangerous act, a receipt
// taken from the address. Everything is found by its data attribute; a page says what it wants in HTML alone.
import { copyText } from '../page/clipboard.ts';
import { saveTextFile } from '../page/save-file.ts';
import { followDisplay } from '../page/display.ts';
import { isSameName } from '../page/same-name.ts';
import { follow, stayAwake } from './live.ts';
import { awaitEnd, watch } from './watch.ts';
import { startDirectorySearch } from './directory-search.ts';
import { startIconPicker } from './icon-picker.ts';
import { startPasskey } from './passkeys.ts';

followDisplay();

// <button data-print hidden> prints the page. Buttons that need this script stay hidden until it runs.
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}

// <button data-copy="id of the element" data-copied="Copied" hidden> copies the element's text and says so.
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', () => void copyFrom(button));
}

// <button data-save="id of the element" data-file="name.txt" hidden> saves the element's text as a file.
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-save]')) {
  button.hidden = false;
  button.addEventListener('click', () => {
    const text = document.getElementById(button.dataset['save'] ?? '')?.textContent ?? '';
    const lines = text.split('\n').map((line) => line.trim());
    saveTextFile(button.dataset['file'] ?? 'votix.txt', `${lines.filter((line) => line !== '').join('\n')}\n`);
  });
}

// <input data-confirm-name="Name"> rests its form's button until the name is typed; the server checks it again.
for (const input of document.querySelectorAll<HTMLInputElement>('input[data-confirm-name]')) {
  const update = () => restUntilConfirmed(input);
  input.addEventListener('input', update);
  update();
}

// <input data-from-address> takes what stands behind # (a receipt scanned as a QR code). It never went to the server.
for (const input of document.querySelectorAll<HTMLInputElement>('input[data-from-address]')) {
  const given = location.hash.slice(1);
  const isTracker = /^[A-Za-z0-9+/]{43}$/.test(given); // of a ballot on a public board
  if (!isTracker && !/^[0-9A-Z]{32}$/.test(given)) continue;
  if (input.value === '') input.value = isTracker ? given : given.replaceAll(/(.{4})(?=.)/g, '$1 ');
}

// <div data-live="address"> follows the numbers of an election.
for (const root of document.querySelectorAll<HTMLElement>('[data-live]')) follow(root);
if (document.body.classList.contains('screen-page')) stayAwake();

// <section data-watch="address"> shows how a long work goes.
for (const section of document.querySelectorAll<HTMLElement>('[data-watch]')) watch(section);
// <p data-awaited> says what the server does by itself in a few seconds.
if (document.querySelector('[data-awaited]')) awaitEnd();

// <fieldset data-icons="address"> is a picker of icons.
for (const picker of document.querySelectorAll<HTMLFieldSetElement>('fieldset[data-icons]')) startIconPicker(picker);

// <form data-passkey="address of the challenge"> is answered by a passkey.
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey]')) startPasskey(form);
// <div data-directory="address"> looks people up and fills the form around it.
for (const root of document.querySelectorAll<HTMLElement>('[data-directory]')) startDirectorySearch(root);

// <button data-tick="name" hidden> ticks every box of that name in its form, data-untick empties them.
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-tick], button[data-untick]')) {
  button.hidden = false;
  button.addEventListener('click', () => tickAll(button));
}

// <input type="color" data-colour="id of a text field"> and its text field show the same colour.
for (const input of document.querySelectorAll<HTMLInputElement>('input[data-colour]')) {
  const typed = document.getElementById(input.dataset['colour'] ?? '');
  if (!(typed instanceof HTMLInputElement)) continue;
  input.addEventListener('input', () => {
    typed.value = input.value;
  });
  typed.addEventListener('input', () => {
    if (/^#[0-9a-f]{6}$/i.test(typed.value)) input.value = typed.value;
  });
}

function tickAll({ form, dataset }: HTMLButtonElement): void {
  const [name, isTicked] = [dataset['tick'] ?? dataset['untick'], dataset['tick'] !== undefined];
  for (const box of form?.querySelectorAll<HTMLInputElement>('input[type="checkbox"]') ?? [])
    if (box.name === name) box.checked = isTicked;
}

async function copyFrom(button: HTMLButtonElement): Promise<void> {
  const source = document.getElementById(button.dataset['copy'] ?? '');
  const text = source instanceof HTMLInputElement ? source.value : (source?.textContent ?? '');
  const before = button.textContent;
  if (!(await copyText(text.trim()))) return selectText(source);
  button.textContent = button.dataset['copied'] ?? before;
  setTimeout(() => {
    button.textContent = before;
  }, 3_000);
}

/** Where copying is refused the text is at least selected, ready for the person's own copy command. */
function selectText(source: HTMLElement | null): void {
  if (source instanceof HTMLInputElement) return source.select();
  if (source !== null) window.getSelection()?.selectAllChildren(source);
}

function restUntilConfirmed(input: HTMLInputElement): void {
  const isConfirmed = isSameName(input.value, input.dataset['confirmName'] ?? '');
  for (const button of input.form?.querySelectorAll('button:not([type="button"])') ?? []) {
    button.setAttribute('aria-disabled', String(!isConfirmed));
  }
}
