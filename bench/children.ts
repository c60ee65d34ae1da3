import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { Reading } from './child';
import type { ReadingName } from './readings';

/** A folder for what child processes read and run, gone when the process ends. */
export const FOLDER = mkdtempSync(join(tmpdir(), 'bench-'));
process.on('exit', () => rmSync(FOLDER, { recursive: true, force: true }));

export function writeTemporary(name: string, bytes: Buffer | string): string {
  const path = join(FOLDER, name);
  writeFileSync(path, bytes);
  return path;
}

/** esbuild cannot bundle the main file of this package. */
export const ALIASES = { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' };

/** One file of plain JavaScript: a loader would count as memory of what is measured. */
export function bundled(entry: string): string {
  const outfile = join(FOLDER, `${entry}.cjs`);
  const entryPoints = [join(__dirname, `${entry}.ts`)];
  buildSync({
    entryPoints,
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    alias: ALIASES,
    logLevel: 'error',
  });
  return outfile;
}

export type Outcome = { readonly reading: Reading } | { readonly error: string };

let program: string | undefined;

/** Reads the log file at `path` in a process of its own. */
export function readAlone(reading: ReadingName, path: string, flags: readonly string[] = []): Outcome {
  program ??= bundled('child');
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, program, reading, path], {
    encoding: 'utf8',
  });
  if (status === 0) return { reading: JSON.parse(stdout) as Reading };
  return { error: /FATAL ERROR.*|Error: .*/.exec(stderr)?.[0] ?? `ended with ${status}` };
}
