import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { FOLDER } from './children';
import { boundOf, GOAL_IDS, type GoalId, inColumns, isMet, whatOf } from './figure';

export interface BenchOptions {
  readonly quick: boolean;
  readonly only: string | undefined;
  /** File for the figures, by version and goal. */
  readonly json: string | undefined;
}

type Goals = Readonly<Partial<Record<GoalId, number>>>;

/** Runs the bench under each version of Node.js, one after the other, and prints one table of all. */
export function benchUnder(versions: readonly string[], options: BenchOptions): void {
  const runs = new Map(versions.map((version) => [version, benchAlone(version, options)]));
  const measured = [...runs].flatMap(([version, goals]) => (typeof goals === 'string' ? [] : [{ version, goals }]));
  const rows = GOAL_IDS.filter((goal) => measured.some(({ goals }) => goals[goal] !== undefined)).map((goal) => [
    goal,
    whatOf(goal),
    ...measured.flatMap(({ version, goals }) => {
      const value = goals[goal];
      const major = Number.parseInt(version, 10);
      if (value === undefined) return ['', ''];
      return [value.toFixed(2), `${boundOf({ goal }, major)} ${isMet({ goal, value }, major) ? 'ok' : 'MISSED'}`];
    }),
    '',
  ]);
  const head = ['goal', 'the worst of', ...measured.flatMap(({ version }) => [`Node ${version}`, 'target']), ''];
  console.log(inColumns([head, ...rows]));
  for (const [version, fault] of runs) if (typeof fault === 'string') console.log(`Node ${version}: ${fault}`);
  if (options.json !== undefined)
    writeFileSync(options.json, `${JSON.stringify(Object.fromEntries(runs), undefined, 2)}\n`);
}

/** @returns the figure of each goal, or why there is none */
function benchAlone(version: string, { quick, only }: BenchOptions): Goals | string {
  const own = process.versions.node.split('.')[0] === version;
  const json = path.join(FOLDER, `node-${version}.json`);
  const bench = ['--import', 'tsx', path.join(__dirname, 'bench.ts'), '--json', json];
  const args = [...bench, ...(quick ? ['--quick'] : []), ...(only === undefined ? [] : ['--only', only])];
  // The npm package `node` brings the program itself.
  const [file, ...flags] = own ? [process.execPath] : ['npx', '--yes', '--package', `node@${version}`, 'node'];
  process.stderr.write(`Node ${version} ...\n`);
  const { status, error, stdout, stderr } = spawnSync(file ?? '', [...flags, ...args], { encoding: 'utf8' });
  process.stderr.write(stdout);
  if (status === 0) return JSON.parse(readFileSync(json, 'utf8')) as Goals;
  return `cannot be had, or fails: ${String(error ?? stderr.trim().split('\n').at(-1))}`;
}
