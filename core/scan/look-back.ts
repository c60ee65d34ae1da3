import { SEVERITIES } from '../base/severity';
import { isOfDomain, type Call } from '../call';
import { setsConfiguration, tellsConfiguration } from '../domain';
import type { Criteria } from '../settings';
import type { NamedDomain } from './baseline';
import { placeOf, toEntry } from './history';
import { judgeConsidered } from './judge-all';
import { conclude, consider, considerCall, type Considered, type Disposition, type Judgement } from './judge';
import { historyInMemory } from './memory';

/** Where a record was found. */
export interface Source {
  /** The file, or whatever else it was read from. */
  readonly name: string;
  /** Its place among the records of the service in there, counted from 1. */
  readonly position: number;
}

/** What became of a call, and where its records were found: the one that was judged first, then its copies. */
export interface JudgedCall extends Judgement {
  readonly call: Call;
  readonly sources: readonly [Source, ...Source[]];
}

/** What a look back comes to. */
export interface LookedBack {
  /** Once for each call, in the order of time, whatever order its records were found in. */
  readonly calls: readonly JudgedCall[];
  /** How many records there were that nothing is to be said of: reads nobody watches, and copies that are no call. */
  readonly ignored: number;
  /** Where copies of calls were found that are no call themselves, outside the management events. */
  readonly copies: readonly Source[];
}

/** A look at the calls of any number of log files at once. */
export interface LookBack {
  /** Adds the records of the service that were found in one place. */
  readonly add: (records: readonly unknown[], name: string) => void;
  /** The domains that calls are about so far. */
  readonly domains: () => readonly NamedDomain[];
  /** Judges what was added. @param baseline calls that leave behind what held before all others, one for each domain */
  readonly judged: (baseline?: readonly Call[]) => Promise<LookedBack>;
}

/**
 * Judges as the function does, with what it would know by now: each call once, in the order of time, against what held
 * before it. Kept in memory is what something may be said of, and not the reads.
 *
 * @param keeps `all` tells of reads that nobody watches as well
 */
export function lookBack(criteria: Criteria, keeps: 'calls' | 'all' = 'calls'): LookBack {
  const found: { readonly considered: Considered; readonly source: Source }[] = [];
  const domains = new Map<string, NamedDomain>();
  const copies: Source[] = [];
  let ignored = 0;

  function add(records: readonly unknown[], name: string): void {
    for (const [at, record] of records.entries()) {
      const considered = consider(record, criteria, name);
      const source = { name, position: at + 1 };
      if (considered === undefined) copies.push(source);
      const isOfInterest = considered && (considered.findings.length > 0 || setsConfiguration(considered.call));
      // A call of another service that is about nothing of ours is nobody's concern.
      if (considered !== undefined && !isOfInterest && !isOfDomain(considered.call)) continue;
      if (!isOfInterest) ignored += 1;
      if (considered === undefined || (!isOfInterest && keeps === 'calls')) continue;
      found.push({ considered, source });
      const { arn, name: domain } = considered.call.domain ?? {};
      if (arn && domain) domains.set(arn, { name: domain, arn });
    }
  }

  async function judged(baseline: readonly Call[] = []): Promise<LookedBack> {
    const history = historyInMemory(async () => undefined).of({ bucket: '', key: '' });
    for (const call of baseline) {
      const entry = toEntry(considerCall(call, criteria));
      await history.record(call, { ...entry, isMentioned: false, asked: [] });
    }
    const inOrder = found.toSorted((a, b) => byPlace(a.considered.call, b.considered.call));
    const { judgements } = await judgeConsidered(
      inOrder.map(({ considered }) => considered),
      criteria,
      history,
    );
    const calls = new Map<string, JudgedCall>();
    for (const [at, { considered, source }] of inOrder.entries()) {
      const { call } = considered;
      const copy: JudgedCall = { ...(judgements[at] ?? conclude(considered, criteria)), call, sources: [source] };
      const key = `${call.outcome === 'succeeded' ? 'call' : 'attempt'} ${call.uid}`;
      const before = calls.get(key);
      calls.set(key, before ? oneOf(before, copy) : copy);
    }
    return { calls: [...calls.values()], ignored, copies };
  }

  return { add, domains: () => [...domains.values()], judged };
}

/** In the order of time; of the copies of a call, the one that tells most is last, and what a history keeps. */
function byPlace(a: Call, b: Call): number {
  const [first, second] = [placeOf(a), placeOf(b)];
  return first === second ? fullnessOf(a) - fullnessOf(b) : first < second ? -1 : 1;
}

/** A copy that CloudTrail corrected tells more than the one it was made of. */
const fullnessOf = (call: Call): number =>
  2 * Number(tellsConfiguration(call)) + Number(call.addendum === 'UPDATED_DATA');

/** Of two copies of a call the worse judgement, as that is what people are told; of the same, the fuller record. */
function oneOf(before: JudgedCall, copy: JudgedCall): JudgedCall {
  const difference = rankOf(copy) - rankOf(before) || fullnessOf(copy.call) - fullnessOf(before.call);
  return difference > 0
    ? { ...copy, sources: [...copy.sources, ...before.sources] }
    : { ...before, sources: [...before.sources, ...copy.sources] };
}

const DISPOSITIONS: readonly Disposition[] = ['ignored', 'informational', 'suppressed', 'alerted'];

/** The higher, the worse. */
const rankOf = ({ disposition, alert }: Judgement): number =>
  DISPOSITIONS.indexOf(disposition) + (alert ? SEVERITIES.indexOf(alert.severity) : 0);
