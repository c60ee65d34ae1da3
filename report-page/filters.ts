import { data, rows, type Row } from './data';

/** What somebody wants to see. All of it is in the address, so that a link shows the same. */
export interface Filters {
  /** Empty lists take everything. */
  readonly severity: readonly string[];
  readonly domain: readonly string[];
  readonly account: readonly string[];
  readonly region: readonly string[];
  readonly caller: readonly string[];
  readonly rule: readonly string[];
  /** `2026-11-20T14:00`, in UTC; empty for no limit. */
  readonly from: string;
  readonly to: string;
  readonly search: string;
}

export const LIST_FILTERS = ['severity', 'domain', 'account', 'region', 'caller', 'rule'] as const;
export type ListFilter = (typeof LIST_FILTERS)[number];

export const NO_FILTERS: Filters = {
  severity: [],
  domain: [],
  account: [],
  region: [],
  caller: [],
  rule: [],
  from: '',
  to: '',
  search: '',
};

/** The severities that calls have, worst first; `NONE` stands for calls of which nothing is to be said. */
export const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'NONE'] as const;

export const severityOf = ({ call }: Row): string => call.severity ?? 'NONE';

/** What each list filter looks at. */
const VALUES: Readonly<Record<ListFilter, (row: Row) => readonly string[]>> = {
  severity: (row) => [severityOf(row)],
  domain: ({ domain }) => [domain?.name ?? 'no domain'],
  account: ({ domain }) => [domain?.account ?? ''],
  region: ({ domain }) => [domain?.region ?? ''],
  caller: ({ call }) => [data.callers[call.caller] ?? ''],
  rule: ({ call }) => call.rules,
};

/** What can be chosen of each, in an order. */
export const CHOICES: Readonly<Record<ListFilter, readonly string[]>> = Object.fromEntries(
  LIST_FILTERS.map((name) => {
    const values = new Set(rows.flatMap((row) => VALUES[name](row)).filter((value) => value !== ''));
    const inOrder = name === 'severity' ? SEVERITIES.filter((severity) => values.has(severity)) : [...values].sort();
    return [name, inOrder];
  }),
) as unknown as Record<ListFilter, readonly string[]>;

/** The rows that are wanted. */
export function filtered(filters: Filters): readonly Row[] {
  const words = filters.search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const lists = LIST_FILTERS.filter((name) => filters[name].length > 0).map((name) => ({
    valuesOf: VALUES[name],
    wanted: new Set(filters[name]),
  }));
  const [first, last] = [timeOf(filters.from), timeOf(filters.to)];
  return rows.filter(
    (row) =>
      (first === undefined || row.time >= first) &&
      (last === undefined || row.time <= last) &&
      lists.every(({ valuesOf, wanted }) => valuesOf(row).some((value) => wanted.has(value))) &&
      words.every((word) => row.text.includes(word)),
  );
}

function timeOf(text: string): number | undefined {
  const time = Date.parse(text === '' ? '' : `${text.length === 10 ? `${text}T00:00` : text}Z`);
  return Number.isNaN(time) ? undefined : time;
}

export function readAddress(): Filters {
  const address = new URLSearchParams(location.hash.slice(1));
  const lists = Object.fromEntries(LIST_FILTERS.map((name) => [name, address.getAll(name)])) as Record<
    ListFilter,
    string[]
  >;
  return {
    ...lists,
    from: address.get('from') ?? '',
    to: address.get('to') ?? '',
    search: address.get('search') ?? '',
  };
}

export function writeAddress(filters: Filters): void {
  const address = new URLSearchParams();
  for (const name of LIST_FILTERS) for (const value of filters[name]) address.append(name, value);
  for (const name of ['from', 'to', 'search'] as const) if (filters[name] !== '') address.set(name, filters[name]);
  history.replaceState(null, '', `#${address.toString()}`);
}

export const isFiltered = (filters: Filters): boolean => JSON.stringify(filters) !== JSON.stringify(NO_FILTERS);
