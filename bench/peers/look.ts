import path from 'node:path';
import { bundled, FOLDER } from '../children';
import { inColumns } from '../figure';
import { machine } from '../machine';
import { median } from '../measure';
import { canTime, succeeds, type Taken, taken, writtenLogFiles } from '../whole-processes';
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
    const { folder, names } = writtenLogFiles(name, files, bytes, 'es1');
    for (const peer of peers) {
      const one = typical(peer, names, folder, '0');
      const two = peer === LOOK ? typical(peer, names, folder, '0,1').seconds.toFixed(1) : '';
      rows.push([name, peer.name, one.processor.toFixed(1), one.seconds.toFixed(1), two, one.megabytes.toFixed(0)]);
    }
  }
  for (const peer of STARTS.filter(isThere)) {
    const { processor, seconds, megabytes } = typical(peer, [], FOLDER, '0');
    rows.push(['start', peer.name, processor.toFixed(2), seconds.toFixed(2), '', megabytes.toFixed(0)]);
  }
  const head = ['', '', 'processor s', 's on one core', 's on two', 'peak MB'];
  console.log(inColumns([head, ...rows].map((row) => [...row, ''])));
  for (const { name } of [...PEERS.slice(1), FILTER].filter((peer) => !peers.includes(peer)))
    console.log(`SKIPPED: ${name} is not on this machine`);
  console.log(`\n${machine()}; medians of ${TIMES} runs, one record in a hundred is ours, seeded corpus`);
}

const isThere = ({ probe }: Peer): boolean => succeeds(probe);

/** Medians of several runs. */
function typical({ command }: Peer, names: readonly string[], folder: string, cores: string): Taken {
  const env = { OURS: READER, COMMAND_LINE };
  const runs = Array.from({ length: TIMES }, () => taken(command, cores, folder, env, names));
  const of = (member: keyof Taken): number => median(runs.map((run) => run[member]));
  return { seconds: of('seconds'), processor: of('processor'), megabytes: of('megabytes') };
}

if (canTime()) bench();
else console.log('SKIPPED: taskset and GNU time are not on this machine');
