import { readFileSync } from 'node:fs';
import path from 'node:path';
import { counted } from '../core/base/counted';
import { textOfError } from '../core/base/error-text';
import { lazily } from '../core/base/lazily';
import { CALLS_ON_ANY, WATCHED_CALLS } from '../core/base/watched-calls';
import { plain } from '../core/base/plain-text';
import type { Call } from '../core/call';
import type { ReportInputs } from '../core/report';
import type { BaselineState, LookBack, LookedBack } from '../core/scan';
import type { Criteria } from '../core/settings';
import { noteMore, UsageError, type Console } from './console';
import type { Options, ValuesOf } from './options';
import { progressOn } from './progress';
import { quoted } from './quoted';
import { criteriaIn, SETTINGS_OPTION } from './settings-file';
import { sourcesOf, type Found } from './sources';
import { readInTurn } from './sources/reading';
import { readTime } from './times';
import { WATCH_OPTION, watchedIn } from './watched';

/** What every command takes that looks at calls. */
export const LOOK_OPTIONS = {
  settings: SETTINGS_OPTION,
  watch: WATCH_OPTION,
  baseline: {
    type: 'texts',
    value: 'FILE',
    description:
      'what a domain had before the first call: the output of aws opensearch describe-domain or describe-domain-config',
  },
  include: {
    type: 'texts',
    value: 'GLOB',
    description: 'in folders, read the files whose names fit, rather than .json, .jsonl, .ndjson and .gz',
  },
  from: {
    type: 'text',
    value: 'DAY',
    description: 'of s3:// addresses, the first day of delivery: 2026-11-20, or 7d for days before now',
  },
  to: {
    type: 'text',
    value: 'DAY',
    description: 'of s3:// addresses, the last day; log files come up to an hour late, so take one more',
  },
  account: { type: 'texts', value: 'ID', description: 'of s3:// addresses, the accounts to read' },
  region: { type: 'texts', value: 'REGION', description: 'of s3:// addresses, the regions to read' },
  resume: {
    type: 'text',
    value: 'FILE',
    description: 'of s3:// addresses, keeps in FILE what was read, and does not read it again',
  },
} as const satisfies Options;

export type LookOptions = ValuesOf<typeof LOOK_OPTIONS>;

/** What is said of a PATH in the help of each such command. */
export const PATHS_DESCRIPTION =
  'A PATH is a file, a folder, or - for standard input: log files, what lookup-events, CloudTrail Lake and CloudWatch Logs answer, events, lists, lines or single records, plain or gzip.';

/** What was looked at, judged. */
export interface Looked extends LookedBack {
  /** What it was judged by. */
  readonly criteria: () => Promise<Criteria>;
  readonly inputs: ReportInputs;
  /** What is counted by `inputs`: `file`. */
  readonly thing: string;
  /** Files in folders that are not read by their names. */
  readonly leftOut: readonly string[];
  readonly baseline: readonly Call[];
}

/**
 * Reads what `operands` stand for and judges it together. What cannot be read is told on standard error and keeps nothing
 * else from being read.
 * @param keeps `all` tells of reads that nobody watches as well
 * @throws UsageError for settings and baselines that cannot be read, and for names that are none
 */
export async function lookAt(
  operands: readonly string[],
  options: LookOptions,
  console: Console,
  keeps: 'calls' | 'all' = 'calls',
): Promise<Looked> {
  const wanted = { ...options, accounts: options.account, regions: options.region, days: daysIn(options) };
  return lookInto(() => sourcesOf(operands, wanted, console), options, console, keeps);
}

/** @throws UsageError for days that are none, or none in an order */
function daysIn({
  from,
  to,
}: Pick<LookOptions, 'from' | 'to'>): { readonly first: string; readonly last: string } | undefined {
  if (from === undefined && to === undefined) return undefined;
  const now = new Date();
  const dayOf = (time: Date): string => time.toISOString().slice(0, 10);
  // CloudTrail began in 2013.
  const first = from === undefined ? '2013-11-01' : dayOf(readTime('from', from, now, 'beginning'));
  const last = dayOf(to === undefined ? now : readTime('to', to, now, 'beginning'));
  if (first > last) throw new UsageError(`--from ${first} is after --to ${last}`);
  return { first, last };
}

/**
 * The same for what `find` finds, which is asked when everything else is known to be right.
 * @throws UsageError for settings and baselines that cannot be read
 */
export async function lookInto(
  find: () => Promise<Found>,
  options: Pick<LookOptions, 'settings' | 'baseline'> & Partial<Pick<LookOptions, 'watch'>>,
  console: Console,
  keeps: 'calls' | 'all' = 'calls',
  thing = 'file',
): Promise<Looked> {
  const watched = watchedIn(options.watch ?? []);
  const criteria = lazily(() => criteriaIn(options.settings, watched));
  // What is wrong with settings is told before anything is read.
  if (options.settings !== undefined) await criteria();
  const states = await readBaselines(options.baseline);
  const { sources, unreadable, leftOut } = await find();
  const unread: { name: string; why: string }[] = [];
  const skipped: Record<string, number> = {};
  const progress = progressOn(console, 'files', sources.length);
  const others = keeps === 'all' || watched.length > 0 ? WATCHED_CALLS : CALLS_ON_ANY;
  const back = lazily(async () => (await judging()).lookBack(await criteria(), keeps));
  let isAsked = states.length > 0;
  let read = 0;

  function fail(name: string, error: unknown): void {
    const why = textOfError(error);
    unread.push({ name, why });
    progress.clear();
    console.err(`${plain(name, 1000)}: ${plain(why, 1000)}\n`);
  }

  for (const { name, error } of unreadable) fail(name, error);
  let done = 0;
  for await (const { source, input, error } of readInTurn(sources, others, console.reader)) {
    progress.show((done += 1));
    if (input === undefined) {
      fail(source.name, error);
      continue;
    }
    if (input.records.length > 0) {
      isAsked = true;
      (await back()).add(input.records, source.name);
    }
    read += 1;
    if (input.kind !== 'records') skipped[input.kind] = (skipped[input.kind] ?? 0) + 1;
    for (const why of input.unread) fail(source.name, new Error(why));
    const holds = input.kind === 'records' ? `${counted(input.records.length, 'record')} of the service` : input.kind;
    noteMore(console, `${plain(source.name, 1000)}: ${holds}`);
  }
  progress.clear();
  for (const name of leftOut) noteMore(console, `${plain(name, 1000)}: left out by its name`);
  const looked = { criteria, thing, inputs: { read, skipped, unread }, leftOut };
  if (!isAsked) return { ...NOTHING_FOUND, ...looked, baseline: [] };
  const baseline = await baselineOf(states, await back());
  return { ...(await (await back()).judged(baseline)), ...looked, baseline };
}

/** Most log files hold no call of the service, and what judges is a good part of what there is to load. */
const judging = () => import('../core/scan/index.js');

const NOTHING_FOUND: LookedBack = { calls: [], ignored: 0, copies: [] };

interface State {
  readonly file: string;
  readonly state: BaselineState;
}

/** @throws UsageError for a file that cannot be read, and for one that tells no state */
async function readBaselines(files: readonly string[]): Promise<readonly State[]> {
  if (files.length === 0) return [];
  const { statesIn } = await judging();
  const { inPlainUtf8 } = await import('../core/export/index.js');
  return files.flatMap((file) =>
    readBaseline(file, (bytes) => statesIn(JSON.parse(inPlainUtf8(bytes).toString('utf8')))),
  );
}

function readBaseline(file: string, statesIn: (bytes: Buffer) => readonly BaselineState[]): readonly State[] {
  const refused = (why: string) => new UsageError(`--baseline ${quoted(file)} ${plain(why, 1000)}`);
  let states;
  try {
    states = statesIn(readFileSync(file));
  } catch (error) {
    throw refused(`cannot be read: ${error instanceof SyntaxError ? 'it is no JSON' : textOfError(error)}`);
  }
  if (states.length === 0) {
    throw refused(
      'tells the state of no domain; allowed: the output of describe-domain, describe-domains or describe-domain-config',
    );
  }
  return states.map((state) => ({ file, state }));
}

/** @throws UsageError where one does not tell which domain it is of */
async function baselineOf(states: readonly State[], back: LookBack): Promise<readonly Call[]> {
  const { baselineCall, domainOfState } = await judging();
  return states.map(({ file, state }) => {
    const title = path.basename(file).replace(/\..*$/, '');
    const domain = domainOfState(state, title, back.domains());
    if (typeof domain === 'string') throw new UsageError(`--baseline ${quoted(file)} ${domain}`);
    return baselineCall(state, domain);
  });
}
