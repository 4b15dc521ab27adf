// How large the text is and how strong the contrast, as the visitor chose.

export const textSizes = ['normal', 'large', 'larger'] as const;
export const contrasts = ['normal', 'more'] as const;

export interface Display {
  readonly text: (typeof textSizes)[number];
  readonly contrast: (typeof contrasts)[number];
}

export const ownDisplay: Display = { text: 'normal', contrast: 'normal' };

/** What is asked for in the address just now, before what was chosen earlier in this visit. */
export function chooseDisplay(asked: Partial<Record<keyof Display, string | undefined>>, kept: Display): Display {
  return {
    text: textSizes.find((size) => size === asked.text) ?? kept.text,
    contrast: contrasts.find((contrast) => contrast === asked.contrast) ?? kept.contrast,
  };
}
