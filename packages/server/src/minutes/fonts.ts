// Noto Sans, which has every Latin, Greek and Cyrillic letter and the narrow no-break space of French numbers (U+202F).
// Embedded as a subset: the PDF looks the same everywhere.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const file = (name: string): string => fileURLToPath(import.meta.resolve(`@expo-google-fonts/noto-sans/${name}`));

export const fonts = {
  regular: file('400Regular/NotoSans_400Regular.ttf'),
  bold: file('700Bold/NotoSans_700Bold.ttf'),
} as const;

/**
 * For every text: letters stay whole. The font would split some (ị into ı and its dot), and whoever copies or reads the
 * text aloud would lose the half that has no character of its own.
 */
export const shaping = { features: { ccmp: false } as unknown as PDFKit.Mixins.OpenTypeFeatures[] };

/** The bytes of the regular face, to ask which characters it has. */
export const regularFace = (): Buffer => readFileSync(fonts.regular);
