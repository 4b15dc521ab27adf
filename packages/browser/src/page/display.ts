// The choice of text size and contrast (views/display-switch.ts), without leaving the page: a vote half made, a key half
// kept stay where they are. The server is asked as the link would, and keeps the choice for the visit.

export function followDisplay(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-display]'))
    link.addEventListener('click', (event) => {
      event.preventDefault();
      choose(link);
    });
}

function choose(link: HTMLAnchorElement): void {
  const { display = '', value = '' } = link.dataset;
  if (value === 'normal') document.documentElement.removeAttribute(`data-${display}`);
  else document.documentElement.setAttribute(`data-${display}`, value);
  for (const other of document.querySelectorAll(`a[data-display=${display}]`)) other.removeAttribute('aria-current');
  link.setAttribute('aria-current', 'true');
  // Without a connection the choice holds for this page.
  void fetch(link.href).catch(() => undefined);
}
