// Text on pages, from top to bottom: what does not fit goes to the next page, and everything gets its place in the tree of
// tags that readers follow. The structure elements are made in the order of reading.

import { fonts, shaping } from './fonts.ts';
import { drawable } from './glyphs.ts';

type Tag = 'P' | 'H1' | 'H2';

interface TextStyle {
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

const [ink, muted] = ['#000', '#555'];
const [normal, lineGap] = [10, 1.5];

interface Measured {
  readonly size?: number;
  readonly width: number;
  readonly bold?: boolean;
}

export class Sheet {
  readonly pdf: PDFKit.PDFDocument;
  readonly root: PDFKit.PDFStructureElement;
  readonly left: number;
  readonly width: number;
  readonly muted = muted;
  #y: number;

  constructor(pdf: PDFKit.PDFDocument) {
    const { width, margins } = pdf.page;
    this.pdf = pdf;
    this.root = pdf.struct('Document');
    pdf.addStructure(this.root);
    this.left = margins.left;
    this.width = width - margins.left - margins.right;
    this.#y = margins.top;
  }

  get y(): number {
    return this.#y;
  }

  moveTo(y: number): void {
    this.#y = y;
  }

  space(height: number): void {
    this.#y += height;
  }

  /** Begins a new page unless this much is left; true when it did. */
  room(height: number): boolean {
    const { height: whole, margins } = this.pdf.page;
    if (this.#y + height <= whole - margins.bottom) return false;
    this.pdf.addPage();
    this.#y = this.pdf.page.margins.top;
    return true;
  }

  /** Lines and colours that say nothing by themselves. */
  artifact(draw: () => void): void {
    this.pdf.markContent('Artifact', { type: 'Layout' });
    draw();
    this.pdf.endMarkedContent();
  }

  heightOf(text: string, { size = normal, width, bold = false }: Measured): number {
    return this.#use(size, bold).heightOfString(drawable(text), { width, lineGap, ...shaping });
  }

  text(text: string, style: TextStyle): void {
    const { size = normal, width = this.width, bold = false, gap = 2 } = style;
    const height = this.heightOf(text, { size, width, bold });
    if (style.y === undefined) this.room(height);
    this.#place(text, style);
    if (style.y === undefined) this.#y += height + gap;
  }

  fact(label: string, value: string): void {
    const first = Math.min(150, this.width / 3);
    const width = this.width - first - 12;
    const size = this.#fitting(value, width);
    const height = Math.max(this.heightOf(label, { size: 9, width: first }), this.heightOf(value, { size, width }));
    this.room(height);
    const top = this.#y;
    this.#place(label, { tag: 'P', size: 9, colour: muted, y: top + 0.8, width: first });
    this.#place(value, { tag: 'P', size, x: this.left + first + 12, y: top, width });
    this.#y = top + height + 3;
  }

  verdict(text: string, good: boolean): void {
    const [width, bold] = [this.width - 14, !good];
    const height = this.heightOf(text, { width, bold });
    this.room(height + 6);
    const top = this.#y + 2;
    this.artifact(() => this.pdf.rect(this.left, top, 3, height).fill(good ? '#1c6440' : '#a3231c'));
    this.#place(text, { tag: 'P', bold, x: this.left + 14, y: top, width });
    this.#y = top + height + 6;
  }

  list(items: readonly string[]): void {
    const width = this.width - 14;
    for (const item of items) {
      const height = this.heightOf(item, { width });
      this.room(height);
      const top = this.#y;
      this.artifact(() => this.pdf.circle(this.left + 4, top + 7, 1.6).fill(ink));
      this.#place(item, { tag: 'P', x: this.left + 14, y: top, width });
      this.#y = top + height + 3;
    }
  }

  finish(): void {
    this.root.end();
  }

  #use(size: number, bold: boolean): PDFKit.PDFDocument {
    return this.pdf.font(bold ? fonts.bold : fonts.regular).fontSize(size);
  }

  #place(text: string, style: TextStyle): void {
    const { tag, size = normal, bold = false, colour = ink, x = this.left, y = this.#y, width = this.width } = style;
    this.#use(size, bold).fillColor(colour);
    this.pdf.text(drawable(text), x, y, { ...shaping, width, lineGap, structParent: this.root, structType: tag });
  }

  /** Fingerprints are compared by eye: on one line, if smaller type can do it. */
  #fitting(value: string, own: number): number {
    const needed = this.#use(normal, false).widthOfString(drawable(value), shaping);
    return /\s/.test(value) || needed <= own
      ? normal
      : Math.max(7, Math.floor((10 * normal * own) / needed) / 10 - 0.1);
  }
}
