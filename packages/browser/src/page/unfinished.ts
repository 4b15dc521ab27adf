// Asks before the page is left while something would be lost. The browser words the question itself.
export function warnBeforeLeaving(isUnfinished: () => boolean): void {
  window.addEventListener('beforeunload', (event) => {
    if (isUnfinished()) event.preventDefault();
  });
}
