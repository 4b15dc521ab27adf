// Reads the data block the server wrote into the page. It comes from the same release of the same package set over the
// same response as this program, so each program takes its shape as the server's types promise; what a person, a file
// or a later answer brings is checked where it enters.
import { assert } from './assert.ts';

export function readPageData(id: string): unknown {
  const block = document.getElementById(id);
  assert(block, `the page has no data block ${id}`);
  return JSON.parse(block.textContent);
}

/** Empties the program's place (it holds a "loading" text) and gives it. */
export function takeStage(id: string): HTMLElement {
  const stage = document.getElementById(id);
  assert(stage, `the page has no place ${id}`);
  stage.replaceChildren();
  return stage;
}
