/** Of which trail's chain a digest is: CloudTrail keeps one for each account and region. */
export interface DigestPlace {
  readonly account: string;
  /** Where the calls were recorded. */
  readonly region: string;
  readonly trail: string;
  /** Where the trail was made. */
  readonly homeRegion: string;
}

/** `[prefix/]AWSLogs/[o-…/]account/CloudTrail-Digest/region/year/month/day/account_CloudTrail-Digest_region_trail_home_time`. */
const NAME =
  /(?:^|\/)(\d{12})_CloudTrail-Digest_([a-z0-9-]+)_([A-Za-z0-9._-]+)_([a-z0-9-]+)_\d{8}T\d{6}Z(?:_backfill)?\.json(?:\.gz)?$/;

/** What the key of a digest says; a trail's name may hold what separates the others. `undefined` for any other key. */
export function placeOf(key: string): DigestPlace | undefined {
  const [, account, region, trail, homeRegion] = NAME.exec(key) ?? [];
  if (account === undefined || region === undefined || trail === undefined || homeRegion === undefined)
    return undefined;
  return { account, region, trail, homeRegion };
}
