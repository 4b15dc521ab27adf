// A colour that somebody chose, moved as little as needed so that it is seen: at least 3:1 (WCAG 2.2, 1.4.11) on every
// surface of tokens.css, light and dark, and under a white sign. Text is never written in it.

/** Between these luminances lie 3:1 on the dark --sunken, on the light --sunken and under white. */
const darkest = 0.165;
const lightest = 0.24;

/** `#rrggbb` → `#rrggbb`. */
export const visibleColour = (hex: string): string => withLuminance(hex, darkest, lightest);

/** The colour itself where its luminance lies between these, else made darker or mixed with white until it does. */
export function withLuminance(hex: string, least: number, most: number): string {
  const channels = [1, 3, 5].map((start) => linear(parseInt(hex.slice(start, start + 2), 16) / 255));
  const luminance = luminanceOf(channels);
  if (luminance > most) return written(channels.map((channel) => (channel * most) / luminance));
  const share = Math.max(0, (least - luminance) / (1 - luminance));
  return written(channels.map((channel) => channel + (1 - channel) * share));
}

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
const luminanceOf = ([red = 0, green = 0, blue = 0]: readonly number[]): number =>
  0.2126 * red + 0.7152 * green + 0.0722 * blue;
const linear = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const gamma = (value: number): number => (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055);

const written = (channels: readonly number[]): string =>
  `#${channels
    .map((value) =>
      Math.round(gamma(value) * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
