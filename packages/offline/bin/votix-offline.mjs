#!/usr/bin/env node
// The command `votix-offline`: the right Node, then the TypeScript. Plain JavaScript, so that an older Node can say what it lacks.
const NEEDED = { major: 24, minor: 7 };
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major > NEEDED.major || (major === NEEDED.major && minor >= NEEDED.minor)) {
  const { main } = await import('../src/main.ts');
  process.exitCode = await main(process.argv.slice(2));
} else {
  process.stderr.write(
    `votix-offline needs Node ${NEEDED.major}.${NEEDED.minor} or newer and this is ${process.versions.node}: in the folder of Votix, \`npx votix-offline\` finds the one that \`npm ci\` brought.\n`,
  );
  process.exitCode = 2;
}
