// The pictures of the demonstration's candidates, drawn point by point: they belong to nobody, and no file is needed.

import sharp from 'sharp';

/** Whether the point is of the figure; the picture reaches from -1 to 1, y grows downwards. */
type Figure = (x: number, y: number) => boolean;

interface Emblem {
  readonly ground: number;
  readonly ink: number;
  readonly isInside: Figure;
}

const disc =
  (cx: number, cy: number, radius: number): Figure =>
  (x, y) =>
    Math.hypot(x - cx, y - cy) < radius;

const turn = (x: number, y: number) => Math.atan2(y, x) / (2 * Math.PI);
const fraction = (value: number) => value - Math.floor(value);

const isStar: Figure = (x, y) => {
  const corner = Math.abs(fraction(turn(-y, x) * 5 + 0.5) - 0.5) * 2;
  return Math.hypot(x, y) < 0.66 - 0.38 * corner;
};

const emblems = {
  sun: {
    ground: 0x1f4a86,
    ink: 0xf6c945,
    isInside: (x, y) => {
      const far = Math.hypot(x, y);
      return far < 0.38 || (far > 0.48 && far < 0.72 && fraction(turn(x, y) * 12 + 0.25) < 0.5);
    },
  },
  waves: {
    ground: 0x0f6b6b,
    ink: 0xd8f0ea,
    isInside: (x, y) => Math.abs(y) < 0.68 && fraction((y + 0.1 * Math.sin(x * 6)) * 2.2 + 0.25) < 0.5,
  },
  hill: {
    ground: 0xb8552e,
    ink: 0xfbe9d2,
    isInside: (x, y) => y < 0.55 && (y > 1.5 * Math.abs(x + 0.22) - 0.5 || y > 1.5 * Math.abs(x - 0.38) - 0.15),
  },
  star: { ground: 0x5b3a7a, ink: 0xf3e3ff, isInside: isStar },
  wheel: {
    ground: 0x33475b,
    ink: 0xe8eef4,
    isInside: (x, y) => {
      const far = Math.hypot(x, y);
      const spoke = Math.abs(fraction(turn(x, y) * 8 + 0.5) - 0.5) * far < 0.03 && far < 0.6;
      return (far > 0.52 && far < 0.68) || far < 0.12 || spoke;
    },
  },
  talk: {
    ground: 0x8a2f45,
    ink: 0xffe3e3,
    isInside: (x, y) => disc(-0.22, -0.16, 0.4)(x, y) || disc(0.36, 0.26, 0.28)(x, y),
  },
  leaf: {
    ground: 0x2e6b3a,
    ink: 0xdcf2c9,
    isInside: (x, y) => disc(-0.34, -0.34, 0.78)(x, y) && disc(0.34, 0.34, 0.78)(x, y) && Math.abs(x + y) > 0.05,
  },
  bars: {
    ground: 0x6b5213,
    ink: 0xfff0bd,
    isInside: (x, y) => {
      const column = Math.floor((x + 0.75) / 0.3);
      const heights = [0.3, 0.6, 0.42, 0.66, 0.24];
      return fraction((x + 0.75) / 0.3) < 0.62 && Math.abs(y) < (heights[column] ?? 0);
    },
  },
} as const satisfies Readonly<Record<string, Emblem>>;

export type EmblemName = keyof typeof emblems;

const side = 256;
/** Each point is the mean of so many by so many. */
const fineness = 3;

/** PNG, as somebody would upload it. */
export function emblem(name: EmblemName): Promise<Uint8Array> {
  const pixels = new Uint8Array(side * side * 3);
  for (let n = 0; n < side * side; n++) pixels.set(colourAt(emblems[name], n % side, Math.floor(n / side)), n * 3);
  return sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
    .png()
    .toBuffer();
}

function colourAt({ ground, ink, isInside }: Emblem, column: number, row: number): number[] {
  let inside = 0;
  const place = (pixel: number, part: number) => ((pixel + (part + 0.5) / fineness) / side) * 2 - 1;
  for (let i = 0; i < fineness; i++)
    for (let j = 0; j < fineness; j++) if (isInside(place(column, i), place(row, j))) inside++;
  const share = inside / fineness ** 2;
  return [16, 8, 0].map((shift) => {
    const [from, to] = [(ground >> shift) & 255, (ink >> shift) & 255];
    return Math.round(from + (to - from) * share);
  });
}
