import { build, type BuildOptions, type Metafile } from 'esbuild';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { command } from '../cli/command';
import { runProgram } from '../cli/program';
import { bundleInto, FUNCTION_NAMES } from '../lib/bundle';
import { REPOSITORY } from './child-process';
import { thirdPartyPage } from './third-party';

/*
 * Writes dist/, which the package is made of: the library for CommonJS and for ES modules with its declarations, the function
 * and the command line, each a bundle with everything it needs.
 */

const DIST = path.join(REPOSITORY, 'dist');

const NODE = {
  absWorkingDir: REPOSITORY,
  bundle: true,
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  define: { ES_CONFIG_MONITOR_IS_INSTALLED: 'true' },
  metafile: true,
  logLevel: 'warning',
} as const satisfies BuildOptions;

async function buildAll(): Promise<void> {
  rmSync(DIST, { recursive: true, force: true });
  const functions = FUNCTION_NAMES.map((name) => bundleInto(path.join(DIST, name), name));
  const built = [await buildLibrary(), ...functions, await buildCommandLine()];
  declare();
  const inputs = built.flatMap((metafile) => Object.keys(metafile.inputs));
  writeFileSync(path.join(DIST, 'THIRD-PARTY-LICENSES.txt'), thirdPartyPage(REPOSITORY, inputs));
}

/** One file, not minified, so that a stack trace can be read. Users have CDK themselves, and once. */
async function buildLibrary(): Promise<Metafile> {
  const file = path.join(DIST, 'index.js');
  const { metafile } = await build({
    ...NODE,
    entryPoints: ['lib/index.ts'],
    outfile: file,
    format: 'cjs',

    external: ['aws-cdk-lib', 'aws-cdk-lib/*', 'constructs'],
  });
  // The one library under another kind of module: a class must be the same for whoever asks whether something is one.
  const names = Object.keys(createRequire(__filename)(file) as object);
  const exported = names.map((name) => `export const ${name} = library.${name};\n`).join('');
  writeFileSync(path.join(DIST, 'index.mjs'), `import library from './index.js';\n\n${exported}`);
  return metafile;
}

async function buildCommandLine(): Promise<Metafile> {
  const file = path.join(DIST, 'cli', 'es-config-monitor.mjs');
  const { metafile } = await build({
    ...NODE,
    entryPoints: ['bin/es-config-monitor.ts'],
    outdir: path.dirname(file),
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    splitting: true,
    minify: true,
    // They are most of it and few commands need them: cli/sources/sdk.ts tells who uses one what to install.
    external: ['@aws-sdk/*'],
    // What Node.js is given of it is CommonJS, and asks for what an ES module has no way to give.
    alias: { yaml: path.join(REPOSITORY, 'node_modules', 'yaml', 'browser', 'index.js') },
  });
  writeFileSync(file, `#!/usr/bin/env node\n${readFileSync(file, 'utf8')}`);
  chmodSync(file, 0o755);
  return metafile;
}

/** The declarations that those of the library lead to, and no others. */
function declare(): void {
  const all = mkdtempSync(path.join(tmpdir(), 'declarations-'));
  try {
    const tsc = path.join(REPOSITORY, 'node_modules', 'typescript', 'bin', 'tsc');
    const args = [tsc, '-p', 'tsconfig.build.json', '--outDir', all];
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: REPOSITORY, encoding: 'utf8' });
    if (status !== 0) throw new Error(`no declarations: ${stdout}`);
    const types = path.join(DIST, 'types');
    for (const file of reachableFrom(path.join(all, 'lib', 'index.d.ts'))) {
      const copy = path.join(types, path.relative(all, file));
      mkdirSync(path.dirname(copy), { recursive: true });
      copyFileSync(file, copy);
    }
    writeFileSync(path.join(DIST, 'index.d.ts'), "export * from './types/lib/index';\n");
    writeFileSync(path.join(DIST, 'index.d.mts'), "export * from './index.js';\n");
  } finally {
    rmSync(all, { recursive: true });
  }
}

/** `entry`, and the declarations it imports, in files or in folders with an index. */
function reachableFrom(entry: string): ReadonlySet<string> {
  const found = new Set([entry]);
  for (const file of found) {
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(/(?:from|import\() ?'(\.[^']+)'/g)) {
      const target = path.join(path.dirname(file), name);
      const declarations = [`${target}.d.ts`, path.join(target, 'index.d.ts')].find((candidate) =>
        existsSync(candidate),
      );
      if (!declarations) throw new Error(`${file} imports ${name}, which has no declarations`);
      found.add(declarations);
    }
  }
  return found;
}

runProgram(
  command({
    name: 'build',
    summary: 'Writes dist/, which the package is made of; `npm pack` does so by itself.',
    options: {},
    examples: [
      { args: '', gives: 'dist/ as the code is now' },
      { args: '--help', gives: 'this text, and nothing is built' },
    ],
    exitCodes: { 0: 'built', 2: 'not built' },
    async run() {
      await buildAll();
      return 0;
    },
  }),
);
