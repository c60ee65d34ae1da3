import path from 'node:path';

/** What somebody would use in place of this: it counts the records of the service in log files. */
export interface Peer {
  readonly name: string;
  /** A shell command that succeeds where the peer is to be had. */
  readonly probe: string;
  /** A shell command that prints the count. `"$@"` are the files, `$NODE` is the Node.js that runs this, `$OURS` ours, `$COMMAND_LINE` the command line. */
  readonly command: string;
  /** It prints no count, as it does a part of the work only, or more than counting. */
  readonly isUncounted?: true;
}

const SOURCE = 'es.amazonaws.com';
const PAIR = `"eventSource":"${SOURCE}"`;

/** No member outlives its file, or the garbage collector moves it: that takes a third more. */
const NODE = `
let count = 0;
for (const path of process.argv.slice(1)) {
  const text = require('node:zlib').gunzipSync(require('node:fs').readFileSync(path)).toString();
  for (const { eventSource } of JSON.parse(text).Records) if (eventSource === '${SOURCE}') count += 1;
}
console.log(count);`;

const PYTHON = `
import gzip, json, sys
count = 0
for path in sys.argv[1:]:
    with gzip.open(path) as file:
        count += sum(record.get('eventSource') == '${SOURCE}' for record in json.load(file)['Records'])
print(count)`;

const DUCKDB = `
import duckdb, sys
duckdb.execute("set enable_progress_bar = false")
print(duckdb.execute("""
    select count(*) from (
        select unnest(Records) as record from read_json(?, columns = {Records: 'JSON[]'}, maximum_object_size = 100000000)
    ) where record->>'eventSource' = '${SOURCE}'""", [sys.argv[1:]]).fetchone()[0])`;

/** Node.js as it is used without us. */
export const NODE_FILTER = `"$NODE" -e ${quoted(NODE)} "$@"`;

export const COMMAND_LINE = path.join(__dirname, '..', '..', 'local', 'command-line.mjs');

/** The command line, which does more than count: it judges, and writes each alert. */
export const scanOf = (paths: string): Peer => ({
  name: 'this, scan',
  probe: 'true',
  isUncounted: true,
  command: `"$NODE" "$COMMAND_LINE" scan --quiet --format json ${paths} > /dev/null; test $? -lt 2`,
});

/** The first is what the others are compared with. */
export const PEERS: readonly [Peer, ...Peer[]] = [
  { name: 'this', probe: 'true', command: '"$NODE" "$OURS" "$@"' },
  { name: 'Node.js, gunzip and JSON.parse', probe: 'true', command: NODE_FILTER },
  { name: 'Python, gzip and json', probe: 'python3 -c ""', command: `python3 -c ${quoted(PYTHON)} "$@"` },
  {
    name: 'zcat and jq',
    probe: 'command -v zcat && command -v jq',
    command: `zcat "$@" | jq -n '[inputs.Records[] | select(.eventSource == "${SOURCE}")] | length'`,
  },
  { name: 'DuckDB', probe: 'python3 -c "import duckdb"', command: `python3 -c ${quoted(DUCKDB)} "$@"` },
  {
    name: 'zcat and grep, text only',
    probe: 'command -v zcat && command -v grep',
    command: `zcat "$@" | grep -oF '${PAIR}' | wc -l`,
  },
  {
    name: 'ripgrep, text only',
    probe: 'command -v rg',
    command: `rg --search-zip --only-matching --no-filename --fixed-strings '${PAIR}' "$@" | wc -l`,
  },
  { name: 'zcat alone', probe: 'command -v zcat', command: 'zcat "$@" > /dev/null', isUncounted: true },
];

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
