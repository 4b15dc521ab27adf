// Moves the keyboard and the screen reader to what matters now. Called after drawing.
export function focusOn(id: string): void {
  const target = document.getElementById(id);
  if (target === null) return;
  target.focus();
  if (target instanceof HTMLInputElement && target.type === 'text') target.select();
}

/** A new screen begins at its heading, in view, whatever the last one was scrolled to. */
export function focusOnHeading(stage: HTMLElement): void {
  window.scrollTo(0, 0);
  stage.querySelector<HTMLElement>('h1, h2')?.focus({ preventScroll: true });
}
