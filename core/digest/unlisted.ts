import type { Chain } from './chain';

/** `account_CloudTrail_region_20261120T1445Z_name`: the account, the region and when the newest of its calls was made. */
const NAME = /(?:^|\/)(\d{12})_CloudTrail_([a-z0-9-]+)_(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})Z_[^/]+\.json(?:\.gz)?$/;

/**
 * Of the log files called `names`, which no digest lists, those that one should: made in an hour of a chain, with another
 * hour after it, as files come minutes later. A second trail without digests writes such, or somebody put them there.
 */
export function unlistedIn(names: readonly string[], chains: readonly Chain[]): readonly string[] {
  const chainsAt = new Map<string, Chain[]>();
  for (const chain of chains.filter(({ isBackfill }) => !isBackfill)) {
    const place = placeOf(chain.account, chain.region);
    chainsAt.set(place, [...(chainsAt.get(place) ?? []), chain]);
  }
  return names.filter((name) => {
    const [, account, region, year, month, day, hour, minute] = NAME.exec(name) ?? [];
    if (account === undefined) return false;
    const time = Date.parse(`${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:00Z`);
    return chainsAt.get(placeOf(account, region))?.some(({ digests }) => isWithin(time, digests)) === true;
  });
}

const placeOf = (account: string, region: string | undefined): string => `${account}/${region ?? ''}`;

function isWithin(time: number, digests: Chain['digests']): boolean {
  for (let at = firstEndingAfter(time, digests); at < digests.length - 1; at += 1) {
    const [digest, next] = [digests[at], digests[at + 1]];
    if (digest === undefined || next === undefined || Date.parse(digest.start) > time) return false;
    if (Date.parse(next.start) <= Date.parse(digest.end)) return true;
  }
  return false;
}

/** By halves: there are 720 a month. */
function firstEndingAfter(time: number, digests: Chain['digests']): number {
  let [low, high] = [0, digests.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (Date.parse(digests[middle]?.end ?? '') > time) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Whether a file is called as CloudTrail calls its log files. */
export const isCalledAsLogFile = (name: string): boolean => NAME.test(name);
