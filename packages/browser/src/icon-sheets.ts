// Bootstrap Icons as sheets of a few symbols each, so that a page with three icons loads three small files and not two
// thousand drawings. Node only, part of the build.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const perSheet = 32;

export interface IconSheet {
  /** `icons-aa`, `icons-ab`, … */
  readonly name: string;
  readonly icons: readonly string[];
  readonly contents: Uint8Array;
}

export async function iconSheets(): Promise<IconSheet[]> {
  const source = await readFile(fileURLToPath(import.meta.resolve('bootstrap-icons/bootstrap-icons.svg')), 'utf8');
  const symbols = [
    ...source.matchAll(/<symbol class="bi bi-([a-z0-9-]+)" viewBox="0 0 16 16" id="\1">(.*?)<\/symbol>/gs),
  ];
  assert.equal(symbols.length, source.split('<symbol').length - 1, 'every icon is understood');
  const sheets: IconSheet[] = [];
  for (let start = 0; start < symbols.length; start += perSheet)
    sheets.push(sheet(sheets.length, symbols.slice(start, start + perSheet)));
  return sheets;
}

function sheet(index: number, symbols: readonly RegExpExecArray[]): IconSheet {
  const letter = (n: number) => String.fromCharCode(97 + n);
  const drawn = symbols.map(([, id, body]) => `<symbol id="${id}" viewBox="0 0 16 16">${body}</symbol>\n`);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg">\n${drawn.join('')}</svg>\n`;
  return {
    name: `icons-${letter(Math.floor(index / 26))}${letter(index % 26)}`,
    icons: symbols.map(([, id = '']) => id),
    contents: new TextEncoder().encode(svg),
  };
}
