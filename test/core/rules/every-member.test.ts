import { operationOf, toCall, type Operation } from '../../../core/call';
import { accessOf } from '../../../core/call/catalogue';
import { looksAt } from '../../../core/findings';
import { RULE_GROUPS, toSituation, type Rule } from '../../../core/rules';
import { membersOf, type Input, type Shape } from '../../../local/catalogue-check/model';
import { asRecorded, MODELLED_OPERATIONS } from '../../support/models';
import { STRANGER } from '../../support/records';
import { RULE_CASE_SETTINGS } from './cases';
import { HARMLESS } from './harmless';

/** The rules that judge what a call asks for; the nets under them look at everything. */
const JUDGING = RULE_GROUPS.filter(({ concern }) => concern !== 'The nets under all of them').flatMap(
  ({ rules }) => rules,
);

type Path = readonly string[];

/** What `value` is read of: each member by its path, and each object all of whose members were looked at. */
function listening(value: unknown, reads: Reads, path: Path = []): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const memberAt = (name: string): unknown => {
    const member = (value as Readonly<Record<string, unknown>>)[name];
    if (Array.isArray(value)) return /^\d+$/.test(name) ? listening(member, reads, path) : member;
    reads.members.push([...path, name]);
    return listening(member, reads, [...path, name]);
  };
  if (Array.isArray(value)) {
    return new Proxy(value, {
      get: (list, name) => (typeof name === 'string' ? memberAt(name) : Reflect.get(list, name)),
    });
  }
  return new Proxy(value, {
    get: (_, name) => (typeof name === 'string' ? memberAt(name) : undefined),
    ownKeys: (object) => {
      reads.whole.push(path);
      return Reflect.ownKeys(object);
    },
    // Every name is there, so that nobody looks through all of them for another spelling.
    getOwnPropertyDescriptor: (object, name) =>
      Reflect.getOwnPropertyDescriptor(object, name) ?? { configurable: true, enumerable: false, value: undefined },
  });
}

interface Reads {
  readonly members: Path[];
  readonly whole: Path[];
}

/** A value of each type, so that rules go on reading: as many as the flags and the longest of most enumerations have. */
const VARIANTS = [0, 1, 2, 3];

function sampleOf(shape: Shape, variant: number): unknown {
  if (Array.isArray(shape)) return [sampleOf(shape[0] as Shape, variant)];
  if (typeof shape === 'object') {
    return Object.fromEntries(
      Object.entries(shape as Readonly<Record<string, Shape>>).map(([name, member]) => [
        asRecorded(name),
        sampleOf(member, variant),
      ]),
    );
  }
  if (shape === 'boolean') return variant % 2 === 0;
  if (/^(integer|long|double|float|timestamp)$/.test(shape)) return 1;
  const values = shape.startsWith('enum ') ? shape.split(' ').slice(1) : [`arn:aws:iam::${STRANGER}:role/reader`];
  return values[variant % values.length];
}

/** A request that asks for one member alone, however deep. */
function alone(path: Path, value: unknown): unknown {
  return path.reduceRight<unknown>((inside, name) => ({ [name]: inside }), value);
}

/** What `rules` read of requests of an operation: of whole ones, and of those that hold one of `paths` alone. */
function readsOf(eventName: string, input: Shape, paths: readonly Path[], rules: readonly Rule[]): Reads {
  const reads: Reads = { members: [], whole: [] };
  const requests = [...VARIANTS.map((variant) => sampleOf(input, variant)), ...paths.map((path) => alone(path, 'a'))];
  for (const requestParameters of requests) {
    const call = toCall({ eventSource: 'es.amazonaws.com', eventName, requestParameters });
    if (!call) throw new Error(`${eventName} is no call`);
    const situation = toSituation({ ...call, request: listening(call.request, reads) }, RULE_CASE_SETTINGS.trust);
    for (const rule of rules)
      if (looksAt(rule, call)) rule.evidence({ ...situation, before: undefined, told: undefined });
  }
  return reads;
}

/** The members of a map go by any name: one that is read stands for all. */
const isAt = (path: Path, read: Path): boolean =>
  path.length === read.length && path.every((name, at) => name === '*' || name === read[at]);

const beginsWith = (path: Path, start: Path): boolean => isAt(path.slice(0, start.length), start);

const currentName = (path: string): string => path.replace(/^elasticsearchClusterConfig/, 'clusterConfig');

/** A member that no rule reads: its operation, by its current name, and its path as CloudTrail records it. */
interface Unread {
  readonly operation: Operation;
  readonly path: string;
}

/** The members of requests that change something which no rule reads. Of structures, only what is in them counts. */
function unreadBy(rules: readonly Rule[], operations = MODELLED_OPERATIONS): readonly Unread[] {
  return operations.flatMap(({ eventName, input, members }) => {
    const operation = operationOf(eventName);
    if (operation === undefined || accessOf(operation) === 'read') return [];
    const holds = (path: string): boolean =>
      members.some((other) => other.path.startsWith(`${path}.`) || other.path.startsWith(`${path}[]`));
    const paths = members
      .filter(({ path }) => !holds(path))
      .map(({ path }) => currentName(asRecorded(path).replaceAll('[]', '')).split('.'));
    const { members: read, whole } = readsOf(eventName, input, paths, rules);
    // Who reads a map has to look through all of it, and reads no more by that.
    const isWithin = (path: Path, start: Path): boolean =>
      start.length > 0 && path[start.length] !== '*' && beginsWith(path, start);
    const isRead = (path: Path): boolean =>
      read.some((each) => isAt(path, each)) || whole.some((start) => isWithin(path, start));
    return paths.filter((path) => !isRead(path)).map((path) => ({ operation, path: path.join('.') }));
  });
}

const UNREAD = unreadBy(JUDGING);

const isListed = (entry: string, { operation, path }: Unread): boolean => {
  const [name, member = ''] = entry.split(' ');
  return (name === '*' || name === operation) && (path === member || path.startsWith(`${member}.`));
};

const ENTRIES = HARMLESS.flatMap(({ entries }) => entries);

test('every member of every request that changes something is read by a rule, or is known to be harmless', () => {
  const missing = UNREAD.filter((unread) => !ENTRIES.some((entry) => isListed(entry, unread)));
  expect([...new Set(missing.map(told))]).toEqual([]);
});

test('what is known to be harmless is there, and no rule reads it', () => {
  expect(ENTRIES.filter((entry) => !UNREAD.some((unread) => isListed(entry, unread)))).toEqual([]);
});

test('is said to be harmless once, for a reason', () => {
  const twice = UNREAD.flatMap((unread) => {
    const entries = ENTRIES.filter((entry) => isListed(entry, unread));
    return entries.length > 1 ? [`${unread.operation} ${unread.path}: ${entries.join(', ')}`] : [];
  });
  expect([...new Set(twice)]).toEqual([]);
  expect(HARMLESS.filter(({ reason }) => !/^[a-z].{20,}[^.]$/.test(reason))).toEqual([]);
});

const told = ({ operation, path }: Unread): string => `${operation} ${path}`;

test('what one rule alone reads is missed without it', () => {
  const without = unreadBy(JUDGING.filter(({ id }) => id !== 'snapshots-paused')).map(told);
  const more = without.filter((unread) => !UNREAD.map(told).includes(unread));
  expect(new Set(more)).toEqual(
    new Set([
      'CreateDomain automatedSnapshotPauseOptions.enabled',
      'UpdateDomainConfig automatedSnapshotPauseOptions.enabled',
    ]),
  );
});

test('what a later API has is missed, and what holds others is told by what it holds', () => {
  const input: Input = {
    DomainName: 'string',
    DataSharing: { Partners: [{ AccountId: 'string' }], Enabled: 'boolean' },
  };
  const later = [{ eventName: 'UpdateDomainConfig', input, members: membersOf(input) }];
  expect(unreadBy(JUDGING, later).map(told)).toEqual([
    'UpdateDomainConfig domainName',
    'UpdateDomainConfig dataSharing.partners.accountId',
    'UpdateDomainConfig dataSharing.enabled',
  ]);
});
