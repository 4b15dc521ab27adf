#!/usr/bin/env node
// `npm run demo`: the right Node, an up-to-date bundle, then a throwaway instance. `.env` is left alone: it is of another one.
import { hasBundle } from './bundle.mjs';
import { underRightNode } from './guard.mjs';

await underRightNode(async () => {
  if (!(await hasBundle())) return;
  const { demo } = await import('../src/commands/demo/main.ts');
  await demo();
});
