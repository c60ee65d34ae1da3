import { isDomainName, type Call } from '../call';
import type { Finding } from '../findings';
import { memberOf, textOf } from '../base/members';

/** What to do about a finding: a text, and where there is one, a command to be copied. */
export interface Advice {
  readonly text: string;
  readonly command?: string;
}

/** What to do now. After a call that did not succeed there is nothing to undo, and a caller to ask. */
export function adviceOn({ rule }: Finding, call: Call): Advice {
  if (call.outcome === 'denied') {
    return {
      text: 'Nothing was changed. Find out why the call was made: one that nobody planned may be somebody trying what stolen credentials can do.',
    };
  }
  if (call.outcome === 'failed') {
    return {
      text: 'The service refused the call. Find out why it was made, and whether it was made again and succeeded.',
    };
  }
  const { text, commands } = rule.remediation;
  const command = (call.judgedAs && commands?.[call.judgedAs]) ?? rule.remediation.command;
  return { text, ...(command && { command: filledIn(command, call) }) };
}

const SAFE = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** Whether a person may paste the value into a shell: it holds nothing that means anything to one, no option and no link. */
export function isSafe(value: string | undefined): value is string {
  return value !== undefined && SAFE.test(value);
}

/** A command with the call's values in it; a value that is missing or unsafe stays a placeholder. */
function filledIn(command: string, call: Call): string {
  const values: Readonly<Record<string, string | undefined>> = {
    '{domain}': call.domain.name,
    '{region}': call.region,
    '{account}': call.domain.accountId,
    '{source}': textOf(memberOf(call.request, 'dataSourceName')),
  };
  return command.replace(/\{(domain|region|account|source)\}/g, (placeholder) => {
    const value = values[placeholder];
    return isSafe(value) ? value : placeholder.toUpperCase();
  });
}

/** The command that shows the record of the call, in the account and region of its trail. CloudTrail keeps it 90 days. */
export function lookupOf({ eventID, region }: Call): string | undefined {
  return isSafe(eventID) && isSafe(region)
    ? `aws cloudtrail lookup-events --region ${region} --lookup-attributes AttributeKey=EventId,AttributeValue=${eventID}`
    : undefined;
}

/** The page of the domain in the console of its partition. */
export function consoleLinkOf({ domain, region }: Call): string | undefined {
  const isKnown = isDomainName(domain.name ?? '') && /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(region);
  const host = consoleHostOf(region);
  return isKnown ? `https://${host}/aos/home?region=${region}#opensearch/domains/${domain.name ?? ''}` : undefined;
}

function consoleHostOf(region: string): string {
  if (region.startsWith('cn-')) return 'console.amazonaws.cn';
  if (region.startsWith('us-gov-')) return 'console.amazonaws-us-gov.com';
  return `${region}.console.aws.amazon.com`;
}
