// What takes long to make from texts and never changes: the ones that were made last are kept.

/** Makes it once for the same texts, as long as no more than `limit` others were made since. */
export function keepLast<Texts extends readonly string[], T>(
  limit: number,
  make: (...texts: Texts) => T,
): (...texts: Texts) => T {
  const kept = new Map<string, { readonly made: T }>();
  return (...texts) => {
    const key = texts.join('\0');
    const known = kept.get(key);
    if (known) return known.made;
    const made = make(...texts);
    kept.set(key, { made });
    if (kept.size > limit) kept.delete(kept.keys().next().value ?? '');
    return made;
  };
}
