// The minutes as a PDF: A4, tagged (PDF/UA), with its language, title and an embedded font. The same document gives the same
// bytes: no clock, no chance, the date is the one it is given.

import Pdf from 'pdfkit';
import type { Block, MinutesDocument } from '../views/minutes-document.ts';
import { fonts, shaping } from './fonts.ts';
import { drawable } from './glyphs.ts';
import { Sheet } from './sheet.ts';
import { drawTable } from './table.ts';

export interface PdfFacts {
  readonly language: 'en' | 'fr';
  /** Of the last thing the minutes tell. */
  readonly date: Date;
}

const margin = 56;

export async function minutesPdf(document: MinutesDocument, { language, date }: PdfFacts): Promise<Uint8Array> {
  const pdf = new Pdf({
    size: 'A4',
    margins: { top: margin, bottom: margin + 14, left: margin, right: margin },
    pdfVersion: '1.7',
    subset: 'PDF/UA' as 'PDF/A-1', // of which the types have not heard yet
    tagged: true,
    displayTitle: true,
    lang: language === 'fr' ? 'fr-FR' : 'en-GB',
    bufferPages: true,
    font: fonts.regular,
    info: {
      Title: drawable(`${document.title} – ${document.election}`),
      Author: drawable(document.organisation),
      Creator: 'Votix',
      CreationDate: date,
      ModDate: date,
    },
  });
  const finished = collect(pdf);
  const paper = new Sheet(pdf);
  drawHead(paper, document);
  document.blocks.forEach((block, index) => drawBlock(paper, block, document.blocks.slice(index + 1)));
  paper.finish();
  drawMargins(pdf, document);
  pdf.end();
  return finished;
}

function collect(pdf: PDFKit.PDFDocument): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
  });
}

function drawHead(paper: Sheet, { organisation, title, election }: MinutesDocument): void {
  paper.text(organisation, { size: 10, colour: paper.muted, tag: 'P' });
  paper.text(title, { size: 22, bold: true, tag: 'H1' });
  paper.text(election, { size: 14, tag: 'P', gap: 12 });
}

function drawBlock(paper: Sheet, block: Block, next: readonly Block[]): void {
  switch (block.kind) {
    case 'heading':
      paper.space(10);
      paper.room(roomUnderHeading(next));
      return paper.text(block.text, { size: 13, bold: true, tag: 'H2', gap: 4 });
    case 'paragraph':
      return paper.text(block.text, { tag: 'P', gap: 6 });
    case 'verdict':
      return paper.verdict(block.text, block.good);
    case 'facts':
      return block.rows.forEach(([label, value]) => paper.fact(label, value));
    case 'list':
      return paper.list(block.items);
    case 'table':
      return drawTable(paper, block);
    case 'signatures':
      return drawSignatures(paper, block.place, block.lines);
  }
}

/** A heading never stands alone at the foot of a page: room for it and the first lines of what it heads. */
function roomUnderHeading([first, second]: readonly Block[]): number {
  if (first?.kind === 'signatures') return 225;
  return second?.kind === 'table' ? 190 : 90;
}

function drawSignatures(paper: Sheet, place: string, lines: readonly string[]): void {
  paper.text(place, { tag: 'P', gap: 14 });
  const { pdf, left, width } = paper;
  const column = (width - 24) / 2;
  for (let index = 0; index < lines.length; index += 2) {
    paper.room(90);
    const top = paper.y;
    for (const [side, line] of lines.slice(index, index + 2).entries()) {
      const x = left + side * (column + 24);
      paper.text(line, { tag: 'P', x, y: top, width: column });
      paper.artifact(() =>
        pdf
          .moveTo(x, top + 62)
          .lineTo(x + column, top + 62)
          .lineWidth(0.6)
          .stroke(paper.muted),
      );
    }
    paper.moveTo(top + 78);
  }
}

/** Foot with page numbers, and the word across the pages of a rehearsal: decoration to a reader's voice, ink to the eye. */
function drawMargins(pdf: PDFKit.PDFDocument, { foot, watermark }: MinutesDocument): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let index = start; index < start + count; index++) {
    pdf.switchToPage(index);
    const { width, height, margins } = pdf.page;
    margins.bottom = 0; // the foot lies below what text may use
    pdf.markContent('Artifact', { type: 'Pagination' });
    pdf.font(fonts.regular).fontSize(8).fillColor('#555');
    const y = height - margin;
    pdf.text(drawable(foot), margin, y, {
      ...shaping,
      width: width - 2 * margin - 60,
      height: 10,
      ellipsis: true,
      lineBreak: false,
    });
    pdf.text(`${index - start + 1} / ${count}`, width - margin - 60, y, {
      width: 60,
      align: 'right',
      lineBreak: false,
    });
    pdf.endMarkedContent();
    if (watermark !== undefined) drawWatermark(pdf, watermark);
  }
}

function drawWatermark(pdf: PDFKit.PDFDocument, word: string): void {
  const { width, height } = pdf.page;
  pdf.markContent('Artifact', { type: 'Layout' });
  pdf.save();
  pdf.rotate(-52, { origin: [width / 2, height / 2] });
  pdf.font(fonts.bold).fontSize(120).fillColor('#a3231c').fillOpacity(0.12);
  pdf.text(drawable(word), 0, height / 2 - 80, { ...shaping, width, align: 'center', lineBreak: false });
  pdf.restore();
  pdf.fillOpacity(1);
  pdf.endMarkedContent();
}
