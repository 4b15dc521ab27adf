// `npm run sbom -- FILE`: the packages that run in production, as CycloneDX, with the Node they run on; the container image
// holds one of itself. npm lists everything that is installed, and its own --omit=dev also loses packages that a tool
// happens to need as well; so what Votix' parts reach is picked from the whole. The same packages give the same bytes.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Component {
  readonly 'bom-ref': string;
}

interface Dependency {
  readonly ref: string;
  readonly dependsOn: readonly string[];
}

interface Bom {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly components: readonly Component[];
  readonly dependencies: readonly Dependency[];
}

const root = join(import.meta.dirname, '..');

function main(): number {
  const [file] = process.argv.slice(2);
  if (file === undefined) return fail('Say where: npm run sbom -- FILE', 2);
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 } as const;
  const { status, stdout, stderr } = spawnSync('npm', ['sbom', '--sbom-format=cyclonedx'], options);
  if (status !== 0) return fail(`npm sbom failed.\n${stderr}`, 1);
  const bom = ofProduction(JSON.parse(stdout) as Bom);
  writeFileSync(file, `${JSON.stringify(bom, null, 1)}\n`);
  process.stdout.write(`${file}: ${bom.components.length} components\n`);
  return 0;
}

/** Without npm's random serial number and its date. */
function ofProduction({ bomFormat, specVersion, components, dependencies }: Bom) {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, string>;
  const itself = `${name}@${version}`;
  const parts = dependencies.map(({ ref }) => ref).filter((ref) => ref.startsWith('@votix/'));
  const reached = reachedFrom(parts, new Map(dependencies.map(({ ref, dependsOn }) => [ref, dependsOn])));
  const node = process.versions.node;
  const platform = {
    'bom-ref': `node@${node}`,
    type: 'platform',
    name: 'node',
    version: node,
    cpe: `cpe:2.3:a:nodejs:node.js:${node}:*:*:*:-:*:*:*`, // by which scanners find the weaknesses of Node itself
  };
  return {
    bomFormat,
    specVersion,
    version: 1,
    metadata: { component: { 'bom-ref': itself, type: 'application', name, version } },
    components: [platform, ...components.filter((component) => reached.has(component['bom-ref']))],
    dependencies: [
      { ref: itself, dependsOn: [platform['bom-ref'], ...parts] },
      ...dependencies.filter(({ ref }) => reached.has(ref)),
    ],
  };
}

function reachedFrom(refs: readonly string[], dependencies: ReadonlyMap<string, readonly string[]>): Set<string> {
  const reached = new Set<string>();
  const waiting = [...refs];
  for (let ref = waiting.pop(); ref !== undefined; ref = waiting.pop()) {
    if (reached.has(ref)) continue;
    reached.add(ref);
    waiting.push(...(dependencies.get(ref) ?? []));
  }
  return reached;
}

function fail(sentence: string, code: number): number {
  process.stderr.write(`${sentence}\n`);
  return code;
}

process.exitCode = main();
