// Text on pages, from top to bottom: what does not fit goes to the next page, and everything gets its place in the tree of
// tags that readers follow. The structure elements are made in the order of reading.

import { fonts, shaping } from './fonts.ts';
import { drawable } from './glyphs.ts';

export type Tag = 'P' | 'H1' | 'H2';

export interface TextStyle {
  readonly tag: Tag;
  readonly size?: number;
  readonly bold?: boolean;
  readonly colour?: string;
  /** Below the text. */
  readonly gap?: number;
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
}

export interface Sheet {
  readonly pdf: PDFKit.PDFDocument;
  readonly root: PDFKit.PDFStructureElement;
  readonly left: number;
  readonly width: number;
  readonly muted: string;
  readonly y: number;
  text(text: string, style: TextStyle): void;
  fact(label: string, value: string): void;
  verdict(text: string, good: boolean): void;
  list(items: readonly string[]): void;
  /** Begins a new page unless this much is left; true when it did. */
  room(height: number): boolean;
  space(height: number): void;
  moveTo(y: number): void;
  /** Lines and colours that say nothing by themselves. */
  artifact(draw: () => void): void;
  heightOf(text: string, style: { readonly size: number; readonly width: number; readonly bold?: boolean }): number;
  finish(): void;
}

const [ink, muted] = ['#000', '#555'];
const [normal, lineGap] = [10, 1.5];

export function sheet(pdf: PDFKit.PDFDocument): Sheet {
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  const { left, right } = pdf.page.margins;
  const width = pdf.page.width - left - right;
  let y = pdf.page.margins.top;
  const bottom = () => pdf.page.height - pdf.page.margins.bottom;

  const use = (size: number, bold: boolean) => pdf.font(bold ? fonts.bold : fonts.regular).fontSize(size);
  const heightOf: Sheet['heightOf'] = (text, { size, width, bold = false }) =>
    use(size, bold).heightOfString(drawable(text), { width, lineGap, ...shaping });
  const room = (height: number) => {
    if (y + height <= bottom()) return false;
    pdf.addPage();
    y = pdf.page.margins.top;
    return true;
  };
  const artifact = (draw: () => void) => {
    pdf.markContent('Artifact', { type: 'Layout' });
    draw();
    pdf.endMarkedContent();
  };
  const place = (text: string, parent: PDFKit.PDFStructureElement, style: TextStyle) => {
    const { tag, size = normal, bold = false, colour = ink, x = left, width: own = width } = style;
    use(size, bold).fillColor(colour);
    pdf.text(drawable(text), x, style.y ?? y, {
      ...shaping,
      width: own,
      lineGap,
      structParent: parent,
      structType: tag,
    });
  };
  /** Fingerprints are compared by eye: on one line, if smaller type can do it. */
  const fitting = (value: string, own: number): number => {
    const needed = use(normal, false).widthOfString(drawable(value), shaping);
    return /\s/.test(value) || needed <= own
      ? normal
      : Math.max(7, Math.floor((10 * normal * own) / needed) / 10 - 0.1);
  };
  const text: Sheet['text'] = (words, style) => {
    const height = heightOf(words, {
      size: style.size ?? normal,
      width: style.width ?? width,
      bold: style.bold ?? false,
    });
    if (style.y === undefined) room(height);
    place(words, root, style);
    if (style.y === undefined) y += height + (style.gap ?? 2);
  };
  return {
    pdf,
    root,
    left,
    width,
    muted,
    get y() {
      return y;
    },
    text,
    room,
    artifact,
    heightOf,
    space: (height) => void (y += height),
    moveTo: (place) => void (y = place),
    fact: (label, value) => {
      const first = Math.min(150, width / 3);
      const size = fitting(value, width - first - 12);
      const [one, two] = [
        heightOf(label, { size: 9, width: first }),
        heightOf(value, { size, width: width - first - 12 }),
      ];
      room(Math.max(one, two));
      const top = y;
      place(label, root, { tag: 'P', size: 9, colour: muted, y: top + 0.8, width: first });
      place(value, root, { tag: 'P', size, x: left + first + 12, y: top, width: width - first - 12 });
      y = top + Math.max(one, two) + 3;
    },
    verdict: (words, good) => {
      const height = heightOf(words, { size: normal, width: width - 14, bold: !good });
      room(height + 6);
      const top = y + 2;
      artifact(() => pdf.rect(left, top, 3, height).fill(good ? '#1c6440' : '#a3231c'));
      place(words, root, { tag: 'P', bold: !good, x: left + 14, y: top, width: width - 14 });
      y = top + height + 6;
    },
    list: (items) => {
      for (const item of items) {
        const height = heightOf(item, { size: normal, width: width - 14 });
        room(height);
        const top = y;
        artifact(() => pdf.circle(left + 4, top + 7, 1.6).fill(ink));
        place(item, root, { tag: 'P', x: left + 14, y: top, width: width - 14 });
        y = top + height + 3;
      }
    },
    finish: () => root.end(),
  };
}
