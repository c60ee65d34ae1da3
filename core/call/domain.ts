import { partitionOf, readArn } from '../base/arn';
import { memberOf, textOf } from '../base/members';

/** The domain a call is about, as far as its record tells. */
export interface Domain {
  readonly name?: string;
  readonly arn?: string;
  /** The account that owns the domain: its ARN's, else the one whose trail recorded the call. */
  readonly accountId: string;
}

/** Three to 28 of a-z, 0-9 and -, beginning with a letter. */
export const isDomainName = (name: string): boolean => /^[a-z][a-z0-9-]{2,27}$/.test(name);

/**
 * @param denied the ARN an error message names: a denied call has null parameters
 * @param region of the call
 * @param recipient the account whose trail recorded it
 */
export function domainOf(
  request: unknown,
  response: unknown,
  denied: string | undefined,
  region: string,
  recipient: string,
): Domain {
  const status = memberOf(response, 'domainStatus');
  const local = memberOf(request, 'localDomainInfo', 'aWSDomainInformation') ?? memberOf(request, 'sourceDomainInfo');
  const arn = [
    memberOf(status, 'aRN'),
    memberOf(request, 'aRN'),
    memberOf(request, 'domainArn'),
    memberOf(request, 'dataSourceArn'),
    memberOf(response, 'vpcEndpoint', 'domainArn'),
  ]
    .map(textOf)
    .find(isDomainArn);
  const named = [memberOf(request, 'domainName'), memberOf(status, 'domainName'), memberOf(local, 'domainName')]
    .map(textOf)
    .find((text) => text !== undefined);
  const told = arn ?? (named === undefined ? denied : undefined);
  const name = named ?? readArn(told)?.resource.split('/')[1];
  const accountId = readArn(told)?.accountId || recipient;
  const built =
    name && region && accountId ? `arn:${partitionOf(region)}:es:${region}:${accountId}:domain/${name}` : undefined;
  const arnOfDomain = told ?? built;
  return { ...(name && { name }), ...(arnOfDomain && { arn: arnOfDomain }), accountId };
}

/**
 * The domain's ARN in `[User: … is not authorized to perform: … on resource: arn:… with …]`. The caller's own ARN stands
 * before it, and its path may spell the ARN of any domain.
 */
export function deniedResource(errorMessage = '', callerArn?: string): string | undefined {
  const resource = DENIED_RESOURCE.exec(errorMessage)?.[1];
  if (resource !== undefined || callerArn === undefined) return resource;
  return DOMAIN_ARN.exec(errorMessage.replaceAll(callerArn, ''))?.[0];
}

const DENIED_RESOURCE = / on resource: (arn:[a-z0-9-]+:es:[a-z0-9-]+:\d{12}:domain\/[a-z0-9-]+)/;
const DOMAIN_ARN = /arn:[a-z0-9-]+:es:[a-z0-9-]+:\d{12}:domain\/[a-z0-9-]+/;

function isDomainArn(text: string | undefined): text is string {
  return text !== undefined && DOMAIN_ARN.test(text);
}
