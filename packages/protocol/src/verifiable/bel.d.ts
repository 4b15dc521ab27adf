// Tests import the archives of vectors/belenios as base64: vitest.config.ts and chromium.node.test.ts see to it.

declare module '*.bel' {
  const base64: string;
  // oxlint-disable-next-line import/no-default-export -- what a file without names exports
  export default base64;
}
