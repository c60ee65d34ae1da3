/** One page of what lies under a prefix. */
export interface Listing {
  readonly objects: readonly { readonly key: string; readonly size: number }[];
  /** What lies deeper, up to the next slash, where that was asked for. */
  readonly folders: readonly string[];
  readonly nextToken: string | undefined;
}

/** Lists one page of a bucket. */
export type List = (request: {
  readonly prefix: string;
  readonly isFlat: boolean;
  readonly token: string | undefined;
}) => Promise<Listing>;

/** Which log files are wanted. */
export interface Wanted {
  /** Days of delivery, `YYYY-MM-DD`, both included. @default - all */
  readonly days: { readonly first: string; readonly last: string } | undefined;
  /** @default - all */
  readonly accounts: readonly string[];
  /** @default - all */
  readonly regions: readonly string[];
}

/** The folder of log files, or that of the digests beside them. */
export type Folder = 'CloudTrail' | 'CloudTrail-Digest';

/** A log file in a bucket. */
export interface LogObject {
  readonly key: string;
  /** In bytes. */
  readonly size: number;
}

/** `[…/]AWSLogs/[o-…/]account/CloudTrail/region/year/month/day/`, as far as a prefix goes. */
const OF_TRAIL =
  /^(.*?AWSLogs\/(?:o-[a-z0-9]+\/)?)(?:(\d{12})\/(?:CloudTrail(?:-Digest)?\/(?:([a-z0-9-]+)\/(?:(\d{4})\/(?:(\d{2})\/(?:(\d{2})\/)?)?)?)?)?)?$/s;

/** How many folders above `AWSLogs/` are looked into: an organization's, and a prefix of one's own. */
const MOST_ABOVE = 3;

/**
 * The log files under a prefix that are wanted, found by the folders of CloudTrail's layout: nothing is listed that cannot
 * hold one, and of a region no other days. What lies in another layout is listed whole.
 * @param kind digests are found the same way
 */
export async function* logObjectsUnder(
  prefix: string,
  wanted: Wanted,
  list: List,
  kind: Folder = 'CloudTrail',
): AsyncGenerator<LogObject> {
  const start = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
  for await (const folder of foldersToList(start, { ...wanted, kind }, list, 0)) {
    for await (const { objects } of pages({ prefix: folder, isFlat: true }, list)) {
      for (const { key, size } of objects) if (isOfKind(key, kind) && isOfDays(key, wanted)) yield { key, size };
    }
  }
}

type WantedOfKind = Wanted & { readonly kind: Folder };

async function* pages(
  request: { readonly prefix: string; readonly isFlat: boolean },
  list: List,
): AsyncGenerator<Listing> {
  let token: string | undefined;
  do {
    const page: Listing = await list({ ...request, token });
    yield page;
    token = page.nextToken;
  } while (token !== undefined);
}

/** The folders whose whole content is to be listed. */
async function* foldersToList(at: string, wanted: WantedOfKind, list: List, above: number): AsyncGenerator<string> {
  const [, trail, account, region, year] = OF_TRAIL.exec(at) ?? [];
  if (region !== undefined) {
    yield* year === undefined && wanted.days
      ? daysOf(wanted.days).map((day) => `${at}${day.replaceAll('-', '/')}/`)
      : [at];
    return;
  }
  const folders: string[] = [];
  let hasLogFiles = false;
  for await (const page of pages({ prefix: at, isFlat: false }, list)) {
    folders.push(...page.folders);
    hasLogFiles ||= page.objects.some(({ key }) => isOfKind(key, wanted.kind));
  }
  const names = folders.map((folder) => ({ folder, name: folder.slice(at.length).replace(/\/$/, '') }));
  const isInTrail = trail !== undefined;
  const next = names.filter(({ name }) => {
    if (/\/CloudTrail(-Digest)?\/$/.test(at)) return wanted.regions.length === 0 || wanted.regions.includes(name);
    if (account !== undefined) return name === wanted.kind;
    if (isInTrail)
      return (
        /^o-[a-z0-9]+$/.test(name) ||
        (/^\d{12}$/.test(name) && (wanted.accounts.length === 0 || wanted.accounts.includes(name)))
      );
    return above < MOST_ABOVE;
  });
  if (!isInTrail && (hasLogFiles || next.length === 0)) {
    yield at;
    return;
  }
  for (const { folder } of next) yield* foldersToList(folder, wanted, list, isInTrail ? 0 : above + 1);
}

function daysOf({ first, last }: NonNullable<Wanted['days']>): readonly string[] {
  const days: string[] = [];
  for (let day = Date.parse(first); day <= Date.parse(last); day += 24 * 3600_000)
    days.push(new Date(day).toISOString().slice(0, 10));
  return days;
}

const isOfKind = (key: string, kind: Folder): boolean =>
  kind === 'CloudTrail' ? isLogFile(key) : /\/CloudTrail-Digest\/.*\.json(\.gz)?$/.test(`/${key}`);

/** Digest and other files of CloudTrail lie beside, and so do those of other services. */
const isLogFile = (key: string): boolean =>
  /\.json(\.gz)?$/.test(key) &&
  !/\/CloudTrail-[A-Za-z]+\//.test(key) &&
  (!/\/AWSLogs\//.test(`/${key}`) || /\/CloudTrail\//.test(key));

function isOfDays(key: string, { days }: Wanted): boolean {
  const [, year, month, day] = /\/(\d{4})\/(\d{2})\/(\d{2})\/[^/]+$/.exec(key) ?? [];
  if (days === undefined || year === undefined) return true;
  const date = `${year}-${month ?? ''}-${day ?? ''}`;
  return days.first <= date && date <= days.last;
}
