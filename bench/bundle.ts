import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync, type BuildOptions } from 'esbuild';
import { bundleInto } from '../lib/bundle';
import { ALIASES, FOLDER, writeTemporary } from './children';
import type { Figure, GoalId } from './figure';
import { measured, median } from './measure';
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

/** The least a function can load that reads a bucket by the SDK: the client of S3, and nothing of ours. */
const FLOOR = `
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
const s3 = new S3Client({});
export const handler = async (ref) => (await s3.send(new GetObjectCommand(ref))).Body;
`;

/**
 * Processor time until the function can take its first event, net of Node's own start: G7, and G7c by that of the client of S3
 * alone. With one processor, as in Lambda, that is the time it takes; and it does not grow with what else the machine does.
 */
export function bundleFigures(quick: boolean): Figure[] {
  const folder = join(FOLDER, 'shipped');
  const shipped = join(folder, 'index.mjs');
  const eager = join(FOLDER, 'eager.cjs');
  const floor = join(FOLDER, 'floor.mjs');
  bundleInto(folder);
  const build = (contents: string, options: BuildOptions): void =>
    void buildSync({ ...COMMON, ...options, stdin: { contents, resolveDir: ROOT, loader: 'ts' } });
  build(EAGER, { format: 'cjs', outfile: eager, alias: ALIASES });
  build(FLOOR, { format: 'esm', mainFields: ['module', 'main'], outfile: floor });
  const programs = {
    shipped,
    eager,
    floor,
    noModule: writeTemporary('empty.mjs', ''),
    noScript: writeTemporary('empty.cjs', ''),
  };
  const meter = writeTemporary('meter.cjs', METER);
  const rounds = Array.from({ length: quick ? 5 : 15 }, () => ({
    shipped: load(programs.shipped, meter) - load(programs.noModule, meter),
    eager: load(programs.eager, meter) - load(programs.noScript, meter),
    floor: load(programs.floor, meter) - load(programs.noModule, meter),
  }));
  const against = (goal: GoalId, other: 'eager' | 'floor', what: string): Figure => {
    const of = (bundle: keyof (typeof rounds)[number]): string => {
      const milliseconds = median(rounds.map((round) => round[bundle])).toFixed(0);
      return `${milliseconds} ms, ${Math.round(statSync(programs[bundle]).size / 1024)} KB`;
    };
    const ratios = rounds.map((round) => round.shipped / round[other]);
    return { goal, what, ...measured(ratios), note: `${of('shipped')} / ${of(other)}` };
  };
  return [
    against('G7', 'eager', 'load time of the bundle / default eager bundle'),
    against('G7c', 'floor', 'load time of the bundle / the client of S3 alone'),
  ];
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
  if (status !== 0 || milliseconds === undefined) throw new Error(`${path} does not load: ${stderr.slice(-500)}`);
  return Number(milliseconds);
}
