import { judgeAll, historyInMemory } from '../core/scan';
import { toCriteria, type Settings } from '../core/settings';
import { asked, listOf, policyOf, policyWith, type Members } from './hostile/record';

/** Work that should grow as what it is given does. */
export interface Growing {
  /** How many, from few to many. */
  readonly sizes: readonly number[];
  /** The work on so many of it, all of it made beforehand. */
  readonly workOn: (size: number) => () => Promise<unknown>;
  /** The part of that work that is the engine's own, whatever is done with what comes of it. @default - none */
  readonly engineOn?: (size: number) => () => unknown;
}

/** What people have more of as they grow, and what strangers may write more of. */
export const GROWING: Readonly<Record<string, Growing>> = {
  'calls, each of a domain of its own': calls((at) => update(at, `logs-${at}`, { Sid: `s${at}` })),
  'calls of one domain, each with another policy': calls((at) => update(at, 'logs', { Sid: `s${at}` })),
  'calls of one domain, the same over and over': calls((at) => update(at, 'logs', {})),
  'statements in an access policy': policies((size) =>
    policyOf(size, (at) => ({
      Principal: { AWS: accountNumbered(at) },
      Resource: `arn:aws:es:*:*:domain/logs/${at}*`,
    })),
  ),
  'pairs of an Allow and a Deny in it': policies((size) =>
    policyOf(size * 2, (at) =>
      at % 2 === 0 ? { Action: `es:ESHttp${at}*` } : { Effect: 'Deny', Resource: `arn:aws:es:*:*:domain/logs/${at}*` },
    ),
  ),
  'address ranges in a condition': policies((size) =>
    policyWith({
      Condition: { IpAddress: { 'aws:SourceIp': listOf(size, (at) => `203.${at >> 8}.${at % 256}.0/24`) } },
    }),
  ),
  'trusted accounts, read and made ready': settings((size) => ({ trustedAccounts: listOf(size, accountNumbered) })),
  'suppressions, read and made ready': settings((size) => ({ suppressions: listOf(size, suppressionNumbered) })),
  'accounts with owners, read and made ready': {
    ...settings(withOwners),
    // Engines take more for each member of an object, the more it has.
    engineOn: (size) => {
      const written = JSON.stringify(withOwners(size));
      return (): unknown => JSON.parse(written);
    },
  },
  'trusted accounts, a call judged by them': judged((size) => ({ trustedAccounts: listOf(size, accountNumbered) })),
  'suppressions, a call judged by them': judged((size) => ({ suppressions: listOf(size, suppressionNumbered) })),
};

/** The exponent: 1 where the cost doubles as the size does, 0 where it stays the same. It is fitted to all of them. */
export function exponentOf(sizes: readonly number[], costs: readonly number[]): number {
  const [across, up] = [sizes, costs].map((values) => fromTheirMean(values.map((value) => Math.log(value))));
  return productOf(across, up) / productOf(across, across);
}

const fromTheirMean = (values: readonly number[]): number[] => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
};

const productOf = (some: readonly number[] = [], others: readonly number[] = []): number =>
  some.reduce((sum, value, at) => sum + value * (others[at] ?? Number.NaN), 0);

function calls(toRecord: (at: number) => Members): Growing {
  return {
    // More than are looked back at.
    sizes: [200, 400, 800, 1600],
    workOn: (size) => {
      const records = listOf(size, toRecord);
      return () => judgedInOrder(records, {});
    },
  };
}

function policies(toPolicy: (size: number) => string): Growing {
  return {
    sizes: [50, 100, 200, 400],
    workOn: (size) => {
      const record = asked({ accessPolicies: toPolicy(size) });
      return () => judgedInOrder([record], {});
    },
  };
}

function settings(toSettings: (size: number) => Settings): Growing {
  return {
    // More than the members that engines keep apart from a dictionary.
    sizes: [1200, 2400, 4800],
    workOn: (size) => {
      const written = JSON.stringify(toSettings(size));
      return async () => toCriteria(JSON.parse(written) as Settings);
    },
  };
}

function withOwners(size: number): Settings {
  const accounts = listOf(size, (at) => [accountNumbered(at), { name: `a${at}`, owner: `o${at % 12}` }] as const);
  return { accounts: Object.fromEntries(accounts) };
}

function judged(toSettings: (size: number) => Settings): Growing {
  return {
    sizes: [100, 200, 400, 800, 1600, 3200],
    workOn: (size) => {
      const criteria = toCriteria(toSettings(size));
      const records = listOf(20, (at) => update(at, `logs-${at}`, { Principal: { AWS: accountNumbered(at) } }));
      return () => judgeAll(records, criteria, historyInMemory(async () => true).of(undefined));
    },
  };
}

const judgedInOrder = (records: readonly Members[], written: Settings): Promise<unknown> =>
  judgeAll(records, toCriteria(written), historyInMemory(async () => true).of(undefined));

const update = (at: number, domainName: string, statement: Members): Members =>
  asked(
    { domainName, accessPolicies: policyWith(statement) },
    {
      eventID: `9d3b7c64-0000-4000-9000-${String(at).padStart(12, '0')}`,
      eventTime: new Date(Date.UTC(2026, 10, 20) + at * 1000).toISOString(),
    },
  );

const accountNumbered = (at: number): string => String(100_000_000_000 + at);

const suppressionNumbered = (at: number) => ({
  rule: 'access-policy-public',
  domain: `sandbox-${at}`,
  reason: 'a sandbox',
  expires: '2099-12-31',
});
