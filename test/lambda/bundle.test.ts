import { mkdtempSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Metafile } from 'esbuild';
import { bundleInto } from '../../lib/bundle';

/** What a file without configuration calls has loaded, at most. */
const MAX_START_BYTES = 520 * 1024;
/** With what is loaded on demand: judgement, the table, and the queue where digests are followed. */
const MAX_TOTAL_BYTES = 940 * 1024;

const folder = mkdtempSync(path.join(tmpdir(), 'bundle-'));
let outputs: Metafile['outputs'];

beforeAll(() => {
  outputs = bundleInto(folder).outputs;
});

afterAll(() => rmSync(folder, { recursive: true }));

/** The output files loaded with `index.mjs`: itself and what it imports, without what is imported on demand. */
function loadedAtStart(): readonly string[] {
  const entry = Object.keys(outputs).find((name) => path.basename(name) === 'index.mjs');
  const loaded = new Set<string>(entry ? [entry] : []);
  for (const name of loaded) {
    for (const { path: imported, kind } of outputs[name]?.imports ?? []) {
      if (kind === 'import-statement' && outputs[imported]) loaded.add(imported);
    }
  }
  return [...loaded];
}

/** Bytes by package, largest first: what to look at when a budget is passed. */
function contentsOf(names: readonly string[]): readonly string[] {
  const bytes = new Map<string, number>();
  for (const name of names) {
    for (const [input, { bytesInOutput }] of Object.entries(outputs[name]?.inputs ?? {})) {
      const owner = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? 'our own';
      bytes.set(owner, (bytes.get(owner) ?? 0) + bytesInOutput);
    }
  }
  return [...bytes].toSorted((a, b) => b[1] - a[1]).map(([owner, size]) => `${owner}: ${Math.round(size / 1024)} KB`);
}

const sizeOf = (names: readonly string[]): number =>
  names.reduce((size, name) => size + (outputs[name]?.bytes ?? 0), 0);

test('what every log file loads stays within its budget', () => {
  const names = loadedAtStart();
  expect(sizeOf(names) <= MAX_START_BYTES ? [] : contentsOf(names)).toEqual([]);
});

test('the whole bundle stays within its budget', () => {
  const names = Object.keys(outputs);
  expect(sizeOf(names) <= MAX_TOTAL_BYTES ? [] : contentsOf(names)).toEqual([]);
});

test('what is left out of the bundle is asked for by nothing in it', () => {
  const left = Object.values(outputs).flatMap(({ imports }) =>
    imports.flatMap(({ external, path }) => (external ? path : [])),
  );
  expect(left.filter((name) => !isBuiltin(name))).toEqual([]);
});

test('the state check has a bundle of its own, within its budget', () => {
  const own = mkdtempSync(path.join(tmpdir(), 'bundle-'));
  try {
    const built = bundleInto(own, 'state-check').outputs;
    const bytes = Object.values(built).reduce((sum, output) => sum + output.bytes, 0);
    expect(bytes).toBeLessThan(MAX_TOTAL_BYTES);
    const inputs = Object.values(built).flatMap((output) => Object.keys(output.inputs));
    expect(inputs).toContain('lambda/state-check/index.ts');
    expect(inputs).not.toContain('lambda/monitor.ts');
    expect(contentsOf(Object.keys(outputs)).join('\n')).not.toMatch(/client-cloudtrail|client-lambda/);
  } finally {
    rmSync(own, { recursive: true });
  }
});

test('a log file without configuration calls never loads the clients of SNS and DynamoDB', () => {
  const atStart = contentsOf(loadedAtStart()).join('\n');
  expect(atStart).toContain('@aws-sdk/client-s3');
  expect(atStart).not.toMatch(/client-sns|client-dynamodb/);
  expect(contentsOf(Object.keys(outputs)).join('\n')).toMatch(/client-dynamodb[^]*client-sns/);
});
