import type { Chain } from './chain';

/** `account_CloudTrail_region_20261120T1445Z_name`: the account, the region and when the newest of its calls was made. */
const NAME = /(?:^|\/)(\d{12})_CloudTrail_([a-z0-9-]+)_(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})Z_[^/]+\.json(?:\.gz)?$/;

/**
 * Of the log files called `names`, which no digest lists, those that one should: made in an hour of a chain, with another
 * hour after it, as files come minutes later. A second trail without digests writes such, or somebody put them there.
 */
export function unlistedIn(names: readonly string[], chains: readonly Chain[]): readonly string[] {
  return names.filter((name) => {
    const [, account, region, year, month, day, hour, minute] = NAME.exec(name) ?? [];
    if (account === undefined) return false;
    const time = Date.parse(`${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:00Z`);
    return chains.some(
      (chain) =>
        chain.account === account && chain.region === region && !chain.isBackfill && isWithin(time, chain.digests),
    );
  });
}

const isWithin = (time: number, digests: Chain['digests']): boolean =>
  digests.some(({ start, end }, at) => {
    const next = digests[at + 1];
    const goesOn = next !== undefined && Date.parse(next.start) <= Date.parse(end);
    return goesOn && Date.parse(start) <= time && time < Date.parse(end);
  });

/** Whether a file is called as CloudTrail calls its log files. */
export const isCalledAsLogFile = (name: string): boolean => NAME.test(name);
