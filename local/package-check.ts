import { strict as assert } from 'node:assert';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { devDependencies, peerDependencies } from '../package.json';
import { command } from '../cli/command';
import { runProgram } from '../cli/program';
import { isObject, memberOf } from '../core/base/members';
import { REPOSITORY } from './child-process';

/*
 * What somebody has who installs the package: the examples as apps of their own, compiled strictly by plain `tsc` and run by
 * `node`, as CommonJS and as ES modules, with the oldest and the newest aws-cdk-lib that are supported. Asks the registry, and
 * so is no part of `npm test`.
 */

const MOST_BYTES = 1_200_000;

/** The versions of Node.js that are supported. The one that runs this is tried as it is; the others are installed. */
const NODES = [20, 22, 24];

const STRICT = {
  target: 'ES2022',
  module: 'NodeNext',
  moduleResolution: 'NodeNext',
  strict: true,
  skipLibCheck: false,
  types: ['node'],
};

const MODULES = { cjs: 'commonjs', esm: 'module' } as const;
type ModuleKind = keyof typeof MODULES;

const EXAMPLES = readdirSync(path.join(REPOSITORY, 'examples'))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => path.basename(name, '.ts'));

/** The example that every Node.js runs. */
const OWN_APP = 'own-app';

const oldest = peerDependencies['aws-cdk-lib'].replace('^', '');
const newest = devDependencies['aws-cdk-lib'];

function checkPackage(): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'es-config-monitor-package-'));
  try {
    const tarball = pack(folder);
    const nodes = nodesIn(folder);
    const templates = [oldest, newest].map((version) => {
      const app = path.join(folder, version);
      install(app, tarball, version);
      for (const kind of ['cjs', 'esm'] as const) compile(app, kind);
      compileStrictest(app);
      assert.match(
        run(app, 'npx', '--no-install', 'es-config-monitor', '--help'),
        /npx --no-install es-config-monitor scan/,
      );
      for (const [major, node] of nodes) tryOn(app, node, `aws-cdk-lib ${version}, Node.js ${major}`);
      return EXAMPLES.map((name) => synthesize(app, 'cjs', name, process.execPath));
    });
    assert.deepEqual(templates[0], templates[1], `aws-cdk-lib ${oldest} and ${newest} make different resources`);
    say(`${EXAMPLES.length} examples: the same resources with aws-cdk-lib ${oldest} and ${newest}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Packs the package into `folder`, as it would be published. */
function pack(folder: string): string {
  const [packed] = JSON.parse(npm(REPOSITORY, 'pack', '--json', '--pack-destination', folder)) as [
    { filename: string; size: number; files: readonly { path: string }[] },
  ];
  const files = packed.files.map((file) => file.path);
  const needed = ['LICENSE', 'README.md', 'CHANGELOG.md', 'SECURITY.md', 'docs/monitor.schema.json', 'docs/api.md'];
  assert.deepEqual(
    needed.filter((name) => !files.includes(name)),
    [],
    'files are missing from the package',
  );
  assert.deepEqual(
    files.filter((name) => /(^|\/)(test|bench|local)\/|\.test\./.test(name)),
    [],
    'the package has tests in it',
  );
  assert.ok(packed.size <= MOST_BYTES, `the package has ${packed.size} bytes; allowed: ${MOST_BYTES}`);
  say(`${packed.filename}: ${files.length} files, ${packed.size} bytes, no test in it`);
  return path.join(folder, packed.filename);
}

/** The supported versions of Node.js that can be had on this machine, with what runs each. */
function nodesIn(folder: string): ReadonlyMap<number, string> {
  const nodes = new Map<number, string>();
  for (const major of NODES) {
    if (process.versions.node.startsWith(`${major}.`)) {
      nodes.set(major, process.execPath);
      continue;
    }
    const at = path.join(folder, `node-${major}`);
    try {
      emptyApp(at);
      npm(at, 'install', '--ignore-scripts', `node-${process.platform}-${process.arch}@${major}`);
      nodes.set(major, path.join(at, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node'));
    } catch {
      say(`Node.js ${major} is not to be had here, and is not tried`);
    }
  }
  return nodes;
}

function install(app: string, tarball: string, cdk: string): void {
  emptyApp(app);
  const wanted = [
    tarball,
    `aws-cdk-lib@${cdk}`,
    `constructs@${cdk === oldest ? oldestConstructs() : devDependencies.constructs}`,
  ];
  const tools = ['typescript', '@types/node'] as const;
  npm(app, 'install', '--ignore-scripts', ...wanted, ...tools.map((name) => `${name}@${devDependencies[name]}`));
  const copies = npm(app, 'ls', 'aws-cdk-lib', '--all', '--parseable').trim().split('\n');
  assert.equal(copies.length, 1, `more than one aws-cdk-lib: ${copies.join(', ')}`);
  for (const name of ['esbuild', 'tsx', '@aws-sdk']) {
    assert.ok(!existsSync(path.join(app, 'node_modules', name)), `${name} came with the package`);
  }
}

const oldestConstructs = (): string => peerDependencies.constructs.replace('^', '');

/** The examples as the apps of somebody who has the package. */
function compile(app: string, kind: ModuleKind): void {
  const folder = path.join(app, kind);
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ type: MODULES[kind] }));
  cpSync(path.join(REPOSITORY, 'examples', 'monitor.json'), path.join(folder, 'monitor.json'));
  for (const name of EXAMPLES) {
    const code = readFileSync(path.join(REPOSITORY, 'examples', `${name}.ts`), 'utf8');
    writeFileSync(path.join(folder, `${name}.ts`), code.replace("'../lib'", "'es-config-monitor'"));
    // Code of a function that stands beside an app has to stand beside what it is compiled to.
    const beside = path.join(REPOSITORY, 'examples', name);
    if (existsSync(beside)) cpSync(beside, path.join(folder, 'out', name), { recursive: true });
  }
  const compilerOptions = { ...STRICT, rootDir: '.', outDir: 'out' };
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
  run(folder, process.execPath, path.join(app, 'node_modules', 'typescript', 'bin', 'tsc'));
}

/** Optional props may not be `undefined` there, for which CDK's own classes are no instances of its interfaces. */
function compileStrictest(app: string): void {
  const folder = path.join(app, 'strictest');
  mkdirSync(folder);
  const code = [
    "import { App, Stack } from 'aws-cdk-lib';",
    "import { Bucket } from 'aws-cdk-lib/aws-s3';",
    "import { EsConfigMonitor, EsConfigMonitorStack } from 'es-config-monitor';",
    "const stack = new Stack(new App(), 'Stack');",
    "const { trailBucket } = new EsConfigMonitor(stack, 'Monitor', { trailBucket: new Bucket(stack, 'Bucket') });",
    "new EsConfigMonitorStack(new App(), 'Other', (inner) => ({ trailBucket: Bucket.fromBucketName(inner, 'B', trailBucket.bucketName) }));",
  ];
  writeFileSync(path.join(folder, 'app.ts'), code.join('\n'));
  const strictest = { exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noEmit: true };
  // CDK's own declarations do not hold under it.
  const compilerOptions = { ...STRICT, ...strictest, skipLibCheck: true };
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
  run(folder, process.execPath, path.join(app, 'node_modules', 'typescript', 'bin', 'tsc'));
}

/** Runs what was compiled, and the command line. */
function tryOn(app: string, node: string, on: string): void {
  for (const kind of ['cjs', 'esm'] as const) synthesize(app, kind, OWN_APP, node);
  const { bin } = JSON.parse(
    readFileSync(path.join(app, 'node_modules', 'es-config-monitor', 'package.json'), 'utf8'),
  ) as { bin: Record<string, string> };
  const file = path.join(app, 'node_modules', 'es-config-monitor', bin['es-config-monitor'] ?? '');
  assert.match(run(app, node, file, '--help'), /scan/);
  say(`${on}: type-checked, synthesized as CommonJS and ES module, and the command line answers`);
}

/** The resources of the stack of an example, and of those nested in it, without what CDK makes for itself and the names of assets. */
function synthesize(app: string, kind: ModuleKind, name: string, node: string): unknown {
  const folder = path.join(app, kind);
  const assembly = path.join(folder, `cdk.out.${name}`);
  rmSync(assembly, { recursive: true, force: true });
  run(folder, node, path.join('out', `${name}.js`), { CDK_OUTDIR: assembly, CDK_VALIDATION: 'false' });
  const codes = readdirSync(assembly)
    .map((asset) => path.join(assembly, asset, 'index.mjs'))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'utf8'));
  for (const builtin of ['function', 'state-check']) {
    const code = readFileSync(
      path.join(app, 'node_modules', 'es-config-monitor', 'dist', builtin, 'index.mjs'),
      'utf8',
    );
    assert.ok(codes.includes(code), `${name}: the code of ${builtin} was not taken from the package`);
  }
  const resources = readdirSync(assembly)
    .filter((file) => file.endsWith('.template.json'))
    .flatMap((file) => {
      const { Resources } = JSON.parse(readFileSync(path.join(assembly, file), 'utf8')) as { Resources: object };
      return Object.entries(Resources);
    });
  // Of a dashboard newer versions write more defaults into one text.
  const isOurs = ([id, resource]: [string, unknown]): boolean =>
    !/Notifications|^AWS[0-9a-f]{32}/.test(id) && memberOf(resource, 'Type') !== 'AWS::CloudWatch::Dashboard';
  return unordered(Object.fromEntries(resources.filter(isOurs)));
}

/** `value` with the lists in it in one order, and without what differs from build to build, and defaults that some write. */
function unordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => JSON.stringify(unordered(item))).sort();
  if (!isObject(value)) return value;
  const members = Object.entries(value).filter(
    ([name, member]) => name !== 'S3Key' && !(name === 'ReturnData' && member === true),
  );
  return Object.fromEntries(members.map(([name, member]) => [name, unordered(member)]));
}

function emptyApp(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'app', private: true }));
}

const npm = (cwd: string, ...args: readonly string[]): string =>
  execFileSync('npm', ['--silent', ...args], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

/** What the command prints. @throws Error with all that it printed, where it fails */
function run(cwd: string, command: string, ...given: readonly (string | Record<string, string>)[]): string {
  const args = given.filter((arg) => typeof arg === 'string');
  const env = Object.assign({}, process.env, ...given.filter((arg) => typeof arg === 'object')) as NodeJS.ProcessEnv;
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', env });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} in ${cwd} ended with ${status}\n${stdout}${stderr}`);
  return stdout;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

runProgram(
  command({
    name: 'test:package',
    summary:
      'Packs the package, and tries it as somebody who installs it has it. Asks the registry of npm; takes minutes.',
    options: {},
    examples: [
      { args: '', gives: 'a line for each version of aws-cdk-lib and of Node.js' },
      { args: '--help', gives: 'this text, and nothing is tried' },
    ],
    exitCodes: { 0: 'all is well', 2: 'something is not; what, is told' },
    async run() {
      checkPackage();
      return 0;
    },
  }),
);
