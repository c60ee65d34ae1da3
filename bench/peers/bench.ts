import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { bundled, writeTemporary } from '../children';
import { recordsOf, toLogFile, type Variant } from '../corpus';
import { inColumns } from '../figure';
import { machine } from '../machine';
import { median } from '../measure';
import { randomFrom } from '../random';
import { COMMAND_LINE, type Peer, PEERS, scanOf } from './peers';

/** Log files that are read in one go. */
const SETS = [
  { name: '500 x 54 KB', files: 500, bytes: 54_000, variant: 'es0' },
  { name: '10 x 10 MB', files: 10, bytes: 10_000_000, variant: 'es0' },
  { name: '1 x 50 MB', files: 1, bytes: 50_000_000, variant: 'es0' },
  { name: '10 x 10 MB, 1 % es', files: 10, bytes: 10_000_000, variant: 'es1' },
] as const satisfies readonly { name: string; files: number; bytes: number; variant: Variant }[];

const TIMES = 3;

/** Prints the processor time of each peer to ours, whole processes on the same files. */
function bench(): void {
  const ours = bundled(path.join('peers', 'ours'));
  const peers = [...PEERS, scanOf('"$@"')].filter(isThere);
  const columns = SETS.map(({ files, bytes, variant, name }, at) => {
    process.stderr.write(`${name} ...\n`);
    const paths = Array.from({ length: files }, (_, index) =>
      // Ten different files are as good as hundreds.
      writeTemporary(`${at}-${index}.json.gz`, fileOf(bytes, variant, index % 10)),
    );
    const runs = peers.map((peer) => run(peer, paths, ours));
    const [truth] = runs;
    return runs.map(({ seconds, count, isUncounted }) =>
      isUncounted === true || count === truth?.count ? (seconds / (truth?.seconds ?? 0)).toFixed(2) : `counts ${count}`,
    );
  });
  const rows = peers.map(({ name }, at) => [name, ...columns.map((column) => column[at] ?? ''), '']);
  console.log(inColumns([['processor time, to this', ...SETS.map(({ name }) => name), ''], ...rows]));
  for (const { name, probe } of PEERS.filter((peer) => !peers.includes(peer))) {
    console.log(`SKIPPED: ${name} is not on this machine (${probe})`);
  }
  console.log(`\n${machine()}; medians of ${TIMES} runs, seeded corpus`);
}

const gzips = new Map<string, Buffer>();

function fileOf(bytes: number, variant: Variant, seed: number): Buffer {
  const key = `${bytes} ${variant} ${seed}`;
  const gzip = gzips.get(key) ?? toLogFile(key, recordsOf(bytes, variant, randomFrom(bytes, seed))).gzip;
  gzips.set(key, gzip);
  return gzip;
}

const isThere = ({ probe }: Peer): boolean => spawnSync('sh', ['-c', probe]).status === 0;

/** Processor time of the processes a peer consists of, the shell's left out, and what it counted. */
function run({ command, name, isUncounted }: Peer, files: readonly string[], ours: string) {
  const env = { ...process.env, NODE: process.execPath, OURS: ours, COMMAND_LINE };
  const runs = Array.from({ length: TIMES }, () => {
    const { stdout, stderr } = spawnSync('sh', ['-c', `${command}; times`, 'sh', ...files], { env, encoding: 'utf8' });
    const [children = '', , count = 'nothing'] = stdout.trim().split('\n').toReversed();
    const [user, system] = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(
      ([, minutes, rest]) => Number(minutes) * 60 + Number(rest),
    );
    if (user === undefined || system === undefined) throw new Error(`${name} says ${stderr.slice(0, 500) || stdout}`);
    if (stderr !== '') process.stderr.write(`${name}: ${stderr.trim().slice(-300)}\n`);
    return { seconds: user + system, count };
  });
  return { seconds: median(runs.map(({ seconds }) => seconds)), count: runs.at(-1)?.count.trim(), isUncounted };
}

bench();
