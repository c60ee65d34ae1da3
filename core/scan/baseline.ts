import { EVENT_SOURCE } from '../base/event-source';
import { readArn } from '../base/arn';
import { isObject, memberOf, textOf } from '../base/members';
import { toCall, type Call } from '../call';

/** What a domain had before the first call, as the service tells it. */
export interface BaselineState {
  /** @default - the state does not tell */
  readonly name?: string;
  /** @default - the state does not tell */
  readonly arn?: string;
  /** The ARN of the one domain that its access policy names, which may be another's. @default - it names none, or several */
  readonly arnInPolicy?: string;
  /** `{ DomainStatus }` or `{ DomainConfig }`, as the API answers. */
  readonly answer: Readonly<Record<string, unknown>>;
}

/**
 * The states in the output of describe-domain, describe-domains or describe-domain-config; nothing where `document` is none
 * of them. The last does not name its domain, but for what its access policy says.
 */
export function statesIn(document: unknown): readonly BaselineState[] {
  if (Array.isArray(document)) return document.flatMap((item: unknown) => statesIn(item));
  if (!isObject(document)) return [];
  const statuses = memberOf(document, 'DomainStatusList');
  if (Array.isArray(statuses)) return statuses.flatMap((status: unknown) => statesIn({ DomainStatus: status }));
  const status = memberOf(document, 'DomainStatus');
  if (isObject(status)) {
    const name = textOf(memberOf(status, 'DomainName'));
    const arn = textOf(memberOf(status, 'ARN'));
    return [{ ...(name && { name }), ...(arn && { arn }), answer: { domainStatus: status } }];
  }
  const config = memberOf(document, 'DomainConfig');
  if (!isObject(config)) return [];
  const arnInPolicy = onlyDomainIn(textOf(memberOf(config, 'AccessPolicies', 'Options')) ?? '');
  return [{ ...(arnInPolicy && { arnInPolicy }), answer: { domainConfig: config } }];
}

const DOMAIN_ARN = /arn:[a-z0-9-]+:es:[a-z0-9-]+:\d{12}:domain\/[a-z][a-z0-9-]*/g;

/** The one domain whose ARN a policy spells. */
function onlyDomainIn(policy: string): string | undefined {
  const [arn, ...others] = new Set(policy.match(DOMAIN_ARN));
  return others.length === 0 ? arn : undefined;
}

const nameIn = (arn: string): string => readArn(arn)?.resource.split('/')[1] ?? '';

/** A state as a call that leaves it behind, before all others: what is judged after it is compared with it. */
export function baselineCall(
  { answer }: BaselineState,
  { name, arn }: { readonly name: string; readonly arn: string },
): Call {
  const { region, accountId } = readArn(arn) ?? { region: '', accountId: '' };
  const call = toCall({
    eventSource: EVENT_SOURCE,
    eventName: 'UpdateDomainConfig',
    eventTime: '',
    eventID: 'baseline',
    awsRegion: region,
    recipientAccountId: accountId,
    requestParameters: { domainName: name },
    responseElements: answer,
  });
  if (!call) throw new Error(`no baseline can be made of ${name}`);
  return call;
}

/** A domain that calls are about. */
export interface NamedDomain {
  readonly name: string;
  readonly arn: string;
}

/**
 * The domain that a state is of: the one its ARN names; else the one that `title` names, as a file called `logs.json`
 * does; else the one its access policy names; else the one it can only be, where there is one.
 * @param title of where the state was found
 * @param domains that calls are about
 * @returns a clause where there is no telling
 */
export function domainOfState(
  { name, arn, arnInPolicy }: BaselineState,
  title: string,
  domains: readonly NamedDomain[],
): NamedDomain | string {
  if (arn !== undefined) return { name: name ?? nameIn(arn), arn };
  const called = domains.filter((domain) => domain.name === (name ?? title));
  const [only, ...others] = called.length > 0 ? called : domains;
  if (called.length === 0 && arnInPolicy !== undefined) return { name: nameIn(arnInPolicy), arn: arnInPolicy };
  if (only && others.length === 0) return only;
  const several = called.length > 0 ? `${called.length} domains are called so` : `${domains.length} domains are`;
  return `does not tell which domain it is of: ${only ? several : 'none is'} in what was read; name the file after the domain, or save the answer of describe-domain`;
}
