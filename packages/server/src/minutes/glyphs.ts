// What the font can draw. A character it has no glyph for is written by its number, so that nothing goes missing silently:
// U+4E2D for 中.

import { create } from 'fontkit';
import { regularFace } from './fonts.ts';

let characters: ReadonlySet<number> | undefined;

function known(): ReadonlySet<number> {
  if (characters === undefined) {
    const face = create(regularFace());
    if (!('characterSet' in face)) throw new Error('The font is a collection of fonts.');
    characters = new Set(face.characterSet);
  }
  return characters;
}

/** The text in composed form (NFC), every character of it drawable. */
export function drawable(text: string): string {
  const has = known();
  return Array.from(text.normalize('NFC'), (character) => {
    const code = character.codePointAt(0) ?? 0;
    return character === '\n' || has.has(code) ? character : `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
  }).join('');
}
