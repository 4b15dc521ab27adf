// What a benchmark is: one file of rows/ each, with its reference measured in the same run.

export interface Figure {
  readonly text: string;
  /** Whether it is what was wanted; left out of figures that are only told. */
  readonly isMet?: boolean;
}

export interface Wish {
  /** A few of everything, to see that it runs; its figures mean nothing. */
  readonly quick: boolean;
  readonly rounds: number;
  /** A folder on the disk that is measured, gone afterwards. */
  readonly folder: string;
}

export interface Benchmark {
  readonly name: string;
  readonly wanted: string;
  readonly reference: string;
  /** Where five would take too long. */
  readonly rounds?: number;
  readonly run: (wish: Wish) => Promise<readonly Figure[]>;
}

export const notMeasured = (why: string): readonly Figure[] => [{ text: `not measured: ${why}` }];

export const atLeast = (value: number, least: number, text: string): Figure => ({ text, isMet: value >= least });
export const atMost = (value: number, most: number, text: string): Figure => ({ text, isMet: value <= most });

/** Three digits that count. */
export const digits = (value: number): string =>
  Number(value.toPrecision(3)).toLocaleString('en', { maximumSignificantDigits: 3 });
