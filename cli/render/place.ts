import type { ReportDomain } from '../../core/report';

/** Where a domain is, and whose. */
export const placeOf = ({
  account,
  accountName,
  region,
  owner,
}: Pick<ReportDomain, 'account' | 'accountName' | 'region' | 'owner'>): string =>
  [`${account} ${region}`, accountName, owner && `owner ${owner}`].filter(Boolean).join(', ');
