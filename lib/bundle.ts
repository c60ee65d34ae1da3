import { createRequire } from 'node:module';
import path from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type * as Esbuild from 'esbuild';
import type { BuildOptions, Metafile } from 'esbuild';

const ROOT = path.join(__dirname, '..');

/**
 * One ES module for every log file, and chunks for what only those with something to alert need: the clients of SNS and
 * DynamoDB. The SDK is in it, so that what was tested is what runs.
 */
const BUNDLE = {
  absWorkingDir: ROOT,
  bundle: true,
  format: 'esm',
  splitting: true,
  outExtension: { '.js': '.mjs' },
  platform: 'node',
  target: 'node20',
  // The CommonJS builds of packages need a `require`, which an ES module has not.
  mainFields: ['module', 'main'],
  // What the SDK would tell browsers apart with: nothing asks for it in Node.js.
  external: ['bowser'],
  minify: true,
  // A source map would be three times the size of the code, read at each start.
  sourcemap: false,
  metafile: true,
  logLevel: 'error',
} as const satisfies BuildOptions;

/** The functions of the stack, by where each begins; a bundle for each, so that none is loaded with the other's code. */
const ENTRIES = {
  function: 'index.ts',
  'state-check': 'state-check/index.ts',
  'mail-digest': 'mail-digest/index.ts',
} as const;

export type FunctionName = keyof typeof ENTRIES;

export const FUNCTION_NAMES = Object.keys(ENTRIES) as readonly FunctionName[];

/**
 * Writes a function's bundle to `folder`: `index.mjs` and its chunks.
 *
 * esbuild is loaded here, and not with this file: whoever has the package has the bundle, and no esbuild.
 */
export function bundleInto(folder: string, name: FunctionName = 'function'): Metafile {
  const { buildSync } = createRequire(__filename)('esbuild') as typeof Esbuild;
  const entryPoints = [path.join(ROOT, 'lambda', ENTRIES[name])];
  return buildSync({ ...BUNDLE, entryPoints, outdir: folder }).metafile;
}

/** The bundle as the code of the function; made on this machine, when the stack is synthesized. */
export function bundledCode(name: FunctionName): Code {
  return Code.fromAsset(path.join(ROOT, 'lambda'), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Never used: bundling is local, and a failure of it throws. But CDK knows one bundle from another by what is here.
      image: DockerImage.fromRegistry('scratch'),
      command: [name],
      local: {
        tryBundle: (folder) => {
          bundleInto(folder, name);
          return true;
        },
      },
    },
  });
}
