// The current page again, with one more wish in its address.

/** `path` as of views/page.ts: without the base path, with its query. */
export function withQuery(path: string, name: string, value: string): string {
  const url = new URL(path, 'http://path.invalid');
  url.searchParams.set(name, value);
  return `${url.pathname}${url.search}`;
}
