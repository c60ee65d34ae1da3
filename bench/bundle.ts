import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync, type BuildOptions } from 'esbuild';
import { bundleInto } from '../lib/bundle';
import { FOLDER, writeTemporary } from './children';
import type { Figure } from './figure';
import { median } from './measure';
import { functionEnvironment } from './function-environment';

const ROOT = join(__dirname, '..');

const COMMON: BuildOptions = { bundle: true, minify: true, platform: 'node', target: 'node20', logLevel: 'error' };

/** The function as esbuild bundles it when nothing is asked of it, with every client loaded at the start. */
const EAGER = `
import { SNSClient } from '@aws-sdk/client-sns';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
export * from './lambda/index';
export const clients = [new SNSClient({}), new DynamoDBClient({})];
`;

/**
 * Processor time until the function can take its first event, net of Node's own start: G7. With one processor, as in
 * Lambda, that is the time it takes; and it does not grow with what else the machine does.
 */
export function bundleFigures(quick: boolean): Figure[] {
  const folder = join(FOLDER, 'shipped');
  const shipped = join(folder, 'index.mjs');
  const eager = join(FOLDER, 'eager.cjs');
  bundleInto(folder);
  buildSync({ ...COMMON, format: 'cjs', stdin: { contents: EAGER, resolveDir: ROOT, loader: 'ts' }, outfile: eager });
  const programs = {
    shipped,
    eager,
    noModule: writeTemporary('empty.mjs', ''),
    noScript: writeTemporary('empty.cjs', ''),
  };
  const meter = writeTemporary('meter.cjs', METER);
  const rounds = Array.from({ length: quick ? 5 : 15 }, () => ({
    shipped: load(programs.shipped, meter) - load(programs.noModule, meter),
    eager: load(programs.eager, meter) - load(programs.noScript, meter),
  }));
  const of = (bundle: 'shipped' | 'eager'): number => median(rounds.map((round) => round[bundle]));
  const note =
    `${of('shipped').toFixed(0)} ms / ${of('eager').toFixed(0)} ms, ` +
    `${Math.round(statSync(shipped).size / 1024)} KB / ${Math.round(statSync(eager).size / 1024)} KB`;
  const value = median(rounds.map((round) => round.shipped / round.eager));
  return [{ goal: 'G7', what: 'load time of the bundle / default eager bundle', value, note }];
}

/** Tells the processor time of the process at its end. */
const METER = `
process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  require('node:fs').writeSync(2, '\\nloaded in ' + (user + system) / 1000 + '\\n');
});
`;

/** Milliseconds. */
function load(path: string, meter: string): number {
  const options = { env: functionEnvironment(), encoding: 'utf8' } as const;
  const { status, stderr } = spawnSync(process.execPath, ['--require', meter, path], options);
  const milliseconds = /^loaded in (.*)$/m.exec(stderr)?.[1];
  if (status !== 0 || milliseconds === undefined) throw new Error(`${path} does not load: ${stderr.slice(0, 500)}`);
  return Number(milliseconds);
}
