/**
 * Starts the command line of a clone from built JavaScript, which takes a tenth of the time that a TypeScript loader takes, and
 * which threads can begin with. What is built lies in node_modules/.cache and is built anew, in a fifth of a second, when a
 * source is newer. Where nothing can be written there, the loader is used.
 */
import { mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const ENTRY = join(ROOT, 'bin', 'es-config-monitor.ts');
const BUILT = join(ROOT, 'node_modules', '.cache', 'es-config-monitor', 'command-line.mjs');

/** What is built is made of these and of nothing else. */
const SOURCES = ['bin', 'cli', 'core', 'package.json', 'package-lock.json', join('local', 'command-line.mjs')];

/** When it was last written, in milliseconds; folders are written when a file is added or taken away. */
function newestIn(path) {
  const { mtimeMs, isDirectory } = timesOf(path);
  if (!isDirectory) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}

function timesOf(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  return { mtimeMs: found?.mtimeMs ?? 0, isDirectory: found?.isDirectory() ?? false };
}

async function build() {
  const { build: bundle } = await import('esbuild');
  const { outputFiles } = await bundle({
    entryPoints: [ENTRY],
    absWorkingDir: ROOT,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    external: ['@aws-sdk/*'],
    // What Node.js is given of it is CommonJS, and asks for what an ES module has no way to give.
    alias: { yaml: join(ROOT, 'node_modules', 'yaml', 'browser', 'index.js') },
    outfile: BUILT,
    write: false,
    logLevel: 'warning',
  });
  mkdirSync(dirname(BUILT), { recursive: true });
  // Another process may be starting from it.
  const own = `${BUILT}.${process.pid}`;
  writeFileSync(own, outputFiles[0].contents);
  renameSync(own, BUILT);
}

/** @returns {Promise<string>} the program to start */
async function program() {
  try {
    if (Math.max(...SOURCES.map((path) => newestIn(join(ROOT, path)))) >= timesOf(BUILT).mtimeMs) await build();
    return BUILT;
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS', 'ENOSPC'].includes(error?.code)) throw error;
    await import('tsx');
    return ENTRY;
  }
}

process.argv[1] = await program();
await import(pathToFileURL(process.argv[1]).href);
