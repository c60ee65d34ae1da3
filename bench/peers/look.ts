import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundled, FOLDER } from '../children';
import { recordsOf, toLogFile } from '../corpus';
import { inColumns } from '../figure';
import { machine } from '../machine';
import { median } from '../measure';
import { randomFrom } from '../random';
import { COMMAND_LINE, type Peer, PEERS, scanOf } from './peers';

/*
 * The command line as people start it, on folders of log files: time on two cores and on one, processor time and peak memory,
 * beside peers that count the records of the service and judge none.
 */

const SETS = [
  { name: '20,000 x 12 KB', files: 20_000, bytes: 12_000 },
  { name: '40 x 10 MB', files: 40, bytes: 10_000_000 },
] as const;

const TIMES = 3;

/** What GNU time tells of a program with all its processes; the memory is that of the largest of them. */
interface Taken {
  readonly seconds: number;
  readonly processor: number;
  readonly megabytes: number;
}

/** Built beside its copy, so that nothing is left here. */
const RUST = path.join(FOLDER, 'filter', 'target', 'release', 'filter');

/** What only counts, as the peers do. */
const READER = bundled(path.join('peers', 'ours'));

const LOOK = scanOf('.');
const FILTER: Peer = {
  name: 'Rust, flate2 and serde_json',
  probe: `cp -r ${path.join(__dirname, 'filter')} ${FOLDER} && cd ${FOLDER}/filter && cargo build --quiet --release`,
  command: `${RUST} "$@"`,
};

/** What a program needs before it reads anything. */
const STARTS: readonly Peer[] = [
  { ...LOOK, command: '"$NODE" "$COMMAND_LINE" --version > /dev/null' },
  { name: 'Node.js', probe: 'true', command: '"$NODE" -e ""' },
  { name: 'Python', probe: 'python3 -c ""', command: 'python3 -c "import gzip, json"' },
  { name: 'jq', probe: 'command -v jq', command: 'jq -n 1 > /dev/null' },
];

function bench(): void {
  const peers = [LOOK, ...PEERS, FILTER].filter(isThere);
  const rows: string[][] = [];
  for (const { name, files, bytes } of SETS) {
    process.stderr.write(`${name} ...\n`);
    const { folder, names } = written(name, files, bytes);
    for (const peer of peers) {
      const one = taken(peer, names, folder, '0');
      const two = peer === LOOK ? taken(peer, names, folder, '0,1').seconds.toFixed(1) : '';
      rows.push([name, peer.name, one.processor.toFixed(1), one.seconds.toFixed(1), two, one.megabytes.toFixed(0)]);
    }
  }
  for (const peer of STARTS.filter(isThere)) {
    const { processor, seconds, megabytes } = taken(peer, [], FOLDER, '0');
    rows.push(['start', peer.name, processor.toFixed(2), seconds.toFixed(2), '', megabytes.toFixed(0)]);
  }
  const head = ['', '', 'processor s', 's on one core', 's on two', 'peak MB'];
  console.log(inColumns([head, ...rows].map((row) => [...row, ''])));
  for (const { name } of [...PEERS.slice(1), FILTER].filter((peer) => !peers.includes(peer)))
    console.log(`SKIPPED: ${name} is not on this machine`);
  console.log(`\n${machine()}; medians of ${TIMES} runs, one record in a hundred is ours, seeded corpus`);
}

/** A folder of log files; fifty different ones are as good as thousands. */
function written(name: string, files: number, bytes: number): { readonly folder: string; readonly names: string[] } {
  const folder = path.join(FOLDER, name.replace(/\W+/g, '-'));
  mkdirSync(folder);
  const different = Array.from({ length: Math.min(files, bytes > 1e6 ? 5 : 50) }, (_, seed) =>
    toLogFile(name, recordsOf(bytes, 'es1', randomFrom(bytes, seed))),
  );
  const names = Array.from({ length: files }, (_, at) => `${String(at).padStart(5, '0')}.json.gz`);
  for (const [at, file] of names.entries())
    writeFileSync(path.join(folder, file), different[at % different.length]?.gzip ?? '');
  return { folder, names };
}

const isThere = ({ probe }: Peer): boolean => spawnSync('sh', ['-c', probe]).status === 0;

/** @param cores as taskset takes them */
function taken({ command, name }: Peer, names: readonly string[], folder: string, cores: string): Taken {
  const env = { ...process.env, NODE: process.execPath, OURS: READER, COMMAND_LINE };
  const runs = Array.from({ length: TIMES }, () => {
    const program = ['-f', '%e %U %S %M', 'taskset', '-c', cores, 'sh', '-c', command, 'sh', ...names];
    const { status, stderr, error } = spawnSync('time', program, { cwd: folder, env, encoding: 'utf8' });
    const [seconds, user, system, kilobytes] = stderr.trim().split('\n').at(-1)?.split(' ').map(Number) ?? [];
    if (error ?? status !== 0) throw new Error(`${name} ended with ${status ?? 'nothing'}: ${stderr.slice(0, 500)}`);
    return { seconds: seconds ?? 0, processor: (user ?? 0) + (system ?? 0), megabytes: (kilobytes ?? 0) / 1024 };
  });
  return {
    seconds: median(runs.map((run) => run.seconds)),
    processor: median(runs.map((run) => run.processor)),
    megabytes: median(runs.map((run) => run.megabytes)),
  };
}

if (isThere({ name: '', probe: 'command -v taskset && test -x "$(command -v time)"', command: '' })) bench();
else console.log('SKIPPED: taskset and GNU time are not on this machine');
