// A table over as many pages as it needs, its head repeated on each: tagged once, so that a reader hears one table.

import type { TableBlock } from '../views/minutes-document.ts';
import { fonts, shaping } from './fonts.ts';
import { drawable } from './glyphs.ts';
import type { Sheet } from './sheet.ts';

const [size, headSize, padding] = [9.5, 8.5, 4];
/** A word is measured with the space behind it: exactly as wide as its column it would be broken. */
const slack = 4;
const short = 90;

interface Column {
  readonly x: number;
  readonly width: number;
  readonly align: 'left' | 'right';
}

/** Numbers and short words get what their longest text needs; the other columns share the rest by the length of theirs. */
function layOut(paper: Sheet, { columns, rows }: TableBlock): Column[] {
  const { pdf } = paper;
  const natural = columns.map(({ title }, index) => {
    pdf.font(fonts.bold).fontSize(headSize);
    const head = Math.max(
      ...drawable(title)
        .split(' ')
        .map((word) => pdf.widthOfString(word, shaping)),
    );
    pdf.fontSize(size);
    return (
      Math.max(head, ...rows.map(({ cells }) => pdf.widthOfString(drawable(cells[index] ?? ''), shaping))) +
      2 * padding +
      slack
    );
  });
  const isFixed = natural.map((width, index) => columns[index]!.number || width <= short);
  const fixed = natural.map((width, index) => (isFixed[index] ? width : 0));
  const rest = paper.width - fixed.reduce((sum, width) => sum + width, 0);
  const flexible = natural.map((width, index) => (isFixed[index] ? 0 : width));
  const whole = flexible.reduce((sum, width) => sum + width, 0);
  let x = paper.left;
  return columns.map(({ number }, index) => {
    const width = isFixed[index] ? fixed[index]! : (rest * flexible[index]!) / whole;
    const column = { x, width, align: number ? 'right' : 'left' } as const;
    x += width;
    return column;
  });
}

export function drawTable(paper: Sheet, block: TableBlock): void {
  const columns = layOut(paper, block);
  const table = paper.pdf.struct('Table', { title: drawable(block.title) });
  paper.root.add(table);
  const titles = block.columns.map(({ title }) => title);
  paper.space(4);
  const first = block.rows.slice(0, 2).map(({ cells }) => rowHeight(paper, columns, { cells }));
  paper.room(rowHeight(paper, columns, { cells: titles }) + first.reduce((sum, height) => sum + height, 0));
  drawRow(paper, columns, { cells: titles, head: table });
  for (const { cells, apart = false, strong = false } of block.rows) {
    const height = rowHeight(paper, columns, { cells, bold: strong });
    if (paper.room(height)) drawRow(paper, columns, { cells: titles });
    if (apart) rule(paper, 0.8);
    drawRow(paper, columns, { cells, row: table, bold: strong });
  }
  table.end();
  paper.space(8);
}

interface Row {
  readonly cells: readonly string[];
  /** The table it is the head or a row of; neither for a head repeated on a further page. */
  readonly head?: PDFKit.PDFStructureElement;
  readonly row?: PDFKit.PDFStructureElement;
  readonly bold?: boolean;
}

/** A head too has the room of the larger type. */
function rowHeight(paper: Sheet, columns: readonly Column[], { cells, bold = false }: Row): number {
  const heights = cells.map((cell, index) =>
    paper.heightOf(cell, { size, width: columns[index]!.width - 2 * padding, bold }),
  );
  return Math.max(...heights) + 2 * padding;
}

function drawRow(paper: Sheet, columns: readonly Column[], row: Row): void {
  const { pdf } = paper;
  const isHead = row.row === undefined;
  const height = rowHeight(paper, columns, row);
  const top = paper.y;
  const parent = row.head ?? row.row;
  const line = parent && pdf.struct('TR');
  if (parent && line) parent.add(line);
  const draw = () => {
    for (const [index, cell] of row.cells.entries()) drawCell(paper, columns[index]!, { cell, top, isHead, line, row });
  };
  if (line) draw();
  else paper.artifact(draw);
  line?.end();
  paper.moveTo(top + height);
  rule(paper, isHead ? 0.8 : 0.3);
}

interface Cell {
  readonly cell: string;
  readonly top: number;
  readonly isHead: boolean;
  readonly line: PDFKit.PDFStructureElement | undefined;
  readonly row: Row;
}

function drawCell(paper: Sheet, { x, width, align }: Column, { cell, top, isHead, line, row }: Cell): void {
  const { pdf } = paper;
  const bold = isHead || row.bold === true;
  pdf
    .font(bold ? fonts.bold : fonts.regular)
    .fontSize(isHead ? headSize : size)
    .fillColor(isHead ? paper.muted : '#000');
  const options = { ...shaping, width: width - 2 * padding, align, lineGap: 1.5 };
  const [left, y] = [x + padding, top + padding];
  if (!line) {
    pdf.text(drawable(cell), left, y, options);
    return;
  }
  const element = pdf.struct(isHead ? 'TH' : 'TD', isHead ? ({ scope: 'Column' } as object) : {});
  line.add(element);
  if (cell !== '') pdf.text(drawable(cell), left, y, { ...options, structParent: element, structType: 'P' });
  element.end();
}

function rule(paper: Sheet, thickness: number): void {
  const { pdf, left, width, y } = paper;
  paper.artifact(() =>
    pdf
      .moveTo(left, y)
      .lineTo(left + width, y)
      .lineWidth(thickness)
      .stroke(paper.muted),
  );
}
