import { partitionOf } from '../base/arn';
import { memberOf, numberOf } from '../base/members';
import { isDomainName, type Call } from '../call';
import type { Finding } from '../findings';
import type { WayBack } from '../settings';
import { isAccessPolicies } from './changes';
import { consoleOf } from './console-link';
import { ownAccountPolicy } from './containment';
import { asksToBeClosed } from './opening-rules';
import type { Restorable } from './restorable';

/** The parameters of the document that sets an access policy back, and what a link gives them. */
export interface WayBackParameters {
  readonly DomainName: string;
  /** That of the access policy, as the call left it behind. */
  readonly UpdateVersion: string;
  /** The policy that is to be. */
  readonly AccessPolicies: string;
}

/** Systems Manager takes no longer values of parameters. */
export const LONGEST_PARAMETER = 512;

/**
 * A policy in printable ASCII without what Systems Manager would take for a parameter of its own, and without ASCII by its
 * number: whoever approves reads the text, and `\u002a` is everybody.
 */
export const POLICY_PARAMETER = `^(?!.*(\\{\\{|\\\\u00[0-7]))[\\x20-\\x7e]{2,${LONGEST_PARAMETER}}$`;

/**
 * What the document is to be started with: the policy that held before where that is known, no worse and short enough, else, where
 * the call may have let others in, one that lets in the own account alone. `undefined` where the record does not tell which
 * version of the policy it left behind, since nobody could tell later whether that still holds.
 */
export function wayBackOf(
  call: Call,
  findings: readonly Finding[],
  { offered }: Restorable,
): WayBackParameters | undefined {
  const { domain, outcome, response } = call;
  const version = numberOf(memberOf(response, 'domainConfig', 'accessPolicies', 'status', 'updateVersion'));
  if (version === undefined || outcome !== 'succeeded' || !isDomainName(domain?.name ?? '')) return undefined;
  const previous = offered.find(({ path }) => isAccessPolicies(path))?.before;
  const opens = findings.some(asksToBeClosed);
  const [policy] = [previous, opens ? ownAccountPolicy(call) : undefined].flatMap((one) => asParameter(one) ?? []);
  if (policy === undefined) return undefined;
  return { DomainName: domain?.name ?? '', UpdateVersion: String(version), AccessPolicies: policy };
}

/** The page of the console on which the document is started; `undefined` where the settings have none for the domain. */
export function wayBackLink(
  { domain, accountId, region }: Call,
  parameters: WayBackParameters,
  { document, domains }: WayBack,
): string | undefined {
  const arn = `arn:${partitionOf(region)}:es:${region}:${domain?.accountId ?? accountId}:domain/${parameters.DomainName}`;
  const host = consoleOf(region);
  if (host === undefined || !domains.includes(arn)) return undefined;
  const given = Object.entries(parameters).map(([name, value]) => `${name}=${inLink(String(value))}`);
  return `https://${host}/systems-manager/automation/execute/${document}?region=${region}#${given.join('&')}`;
}

/** A policy as the value of a parameter; `undefined` where it is none, or cannot be one. */
function asParameter(policy: unknown): string | undefined {
  if (typeof policy !== 'string' || policy.trim() === '') return undefined;
  const value = JSON.stringify(JSON.parse(policy)).replace(/[^\x20-\x7e]/g, byNumber);
  return new RegExp(POLICY_PARAMETER).test(value) ? value : undefined;
}

const byNumber = (letter: string): string => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Nothing that ends a link in a mail program. */
const inLink = (value: string): string =>
  encodeURIComponent(value).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
