import { isAbsent, listOf, memberOf, textOf } from '../base/members';
import {
  connectionOf,
  dataSourceOf,
  endpointOf,
  isDomainName,
  nameOfFirst,
  packageOf,
  packagesOf,
  packageUsersOf,
  type Call,
} from '../call';
import type { Step } from './advice';

/*
 * Commands that people paste into a shell, at night and in a hurry. Each is one line that does what it says with any names
 * a stranger may have chosen: a value stands in it bare where it means nothing to a shell, or as JSON in single quotes.
 */

const SAFE = /^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/;

/** Whether a value may stand in a command bare: it holds nothing that means anything to a shell, no option and no link. */
export function isSafe(value: string | undefined): value is string {
  return value !== undefined && SAFE.test(value);
}

/** What stands for a value of the call in the command of a rule; what it gives is put in where each of it is safe. */
const PLACEHOLDERS: Readonly<Record<string, (call: Call) => readonly (string | undefined)[]>> = {
  '{domain}': ({ domain }) => [domain?.name],
  '{region}': ({ region }) => [region],
  '{account}': ({ domain, accountId }) => [domain?.accountId ?? accountId],
  '{connection}': (call) => [connectionOf(call)],
  '{source}': (call) => [dataSourceOf(call)],
  '{resource}': ({ resources = [] }) => [nameOfFirst(resources)],
  '{endpoint}': (call) => [endpointOf(call)],
  '{package}': (call) => [packageOf(call)],
  '{packages}': packagesOf,
  '{users}': packageUsersOf,
};

/** More names than that are no command that anybody reads. */
const MOST_NAMES = 20;

/** A rule's command with the call's values in it; a value that is missing or unsafe stays a placeholder: `{DOMAIN}`. */
export function filledIn(command: string, call: Call): string {
  return command.replace(/\{[a-z]+\}/g, (placeholder) => {
    if (placeholder === GRANTEE) return granteeOptions(call);
    return putIn(PLACEHOLDERS[placeholder]?.(call) ?? [], placeholder.toUpperCase());
  });
}

/** The values, or what stands for them where there are none or too many, or one is missing or unsafe. */
function putIn(values: readonly (string | undefined)[], standIn: string, separator = ' '): string {
  const isWhole = values.length > 0 && values.length <= MOST_NAMES && values.every(isSafe);
  return isWhole ? values.join(separator) : standIn;
}

/** Stands for the options that name whom a call lets create VPC endpoints, and in which Regions. */
const GRANTEE = '{grantee}';

/** The one service of AWS that can be let. */
const SERVICE = 'application.opensearchservice.amazonaws.com';

function granteeOptions({ request }: Call): string {
  const account = memberOf(request, 'account');
  const service = memberOf(request, 'service');
  const regions = memberOf(request, 'serviceOptions', 'supportedRegions');
  const options: string[] = [];
  if (!isAbsent(account) || isAbsent(service)) options.push(`--account ${putIn([textOf(account)], '{ACCOUNT}')}`);
  if (!isAbsent(service)) options.push(`--service ${service === SERVICE ? SERVICE : '{SERVICE}'}`);
  if (!isAbsent(regions)) {
    options.push(`--service-options SupportedRegions=${putIn(listOf(regions).map(textOf), '{REGIONS}', ',')}`);
  }
  return options.join(' ');
}

/** A command, behind the words in it that its reader has to put in, where there are any. */
export function toStep(command: string): Step {
  const missing = [...new Set(command.match(/\{[A-Z_]+\}/g))];
  return { ...(missing.length > 0 && { says: `Put in ${missing.join(', ')}:` }), command };
}

/** The call of the AWS CLI that changes the domain's configuration, to be given options; `undefined` where it cannot be named. */
export function updateOf({ domain, region }: Call): string | undefined {
  const isNamed = isDomainName(domain?.name ?? '') && isSafe(region);
  return isNamed
    ? `aws opensearch update-domain-config --region ${region} --domain-name ${domain?.name ?? ''}`
    : undefined;
}

/** The command that shows the domain's access policy. */
export function showPolicy(call: Call): string {
  return filledIn(
    'aws opensearch describe-domain-config --region {region} --domain-name {domain} --query DomainConfig.AccessPolicies.Options --output text',
    call,
  );
}

/** A command longer than this is not pasted from an e-mail. */
const MAX_LENGTH = 4000;

export const isPasteable = (command: string): boolean => command.length <= MAX_LENGTH;

/**
 * A value as JSON, in the single quotes of a shell, in printable ASCII. JSON may spell any letter by its number, so that
 * nothing ends the quotes, runs of spaces stay, and no mail program finds a link; whoever parses it reads the same value.
 */
export function jsonArgument(value: unknown): string {
  const json = JSON.stringify(value)
    .replace(/[^\x20-\x7e]|'/g, byNumber)
    .replace(/ (?= )/g, byNumber)
    .replace(/:\/\//g, ':\\/\\/')
    .replace(/\b(www|ftp)\./gi, '$1\\u002e')
    .replace(/mailto:/gi, 'mailto\\u003a');
  return `'${json}'`;
}

const byNumber = (letter: string): string => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** The command that shows the record of the call, in the account and region of its trail. CloudTrail keeps it 90 days. */
export function lookUpRecord({ eventID, region }: Call): string | undefined {
  return isSafe(eventID) && isSafe(region)
    ? `aws cloudtrail lookup-events --region ${region} --lookup-attributes AttributeKey=EventId,AttributeValue=${eventID}`
    : undefined;
}

/** Names of users and sessions; a comma would end the value. */
const NAME = /^[A-Za-z0-9][\w.@-]{0,63}$/;

/** The command that shows what else the caller did, by the name CloudTrail lists it under: a user's, or a session's. */
export function lookUpCaller({ caller, region }: Call): string | undefined {
  const name = caller.name.split('/').at(-1) ?? '';
  const isListed = (caller.type === 'IAMUser' || caller.type === 'AssumedRole') && NAME.test(name);
  return isListed && isSafe(region)
    ? `aws cloudtrail lookup-events --region ${region} --lookup-attributes AttributeKey=Username,AttributeValue=${name}`
    : undefined;
}
