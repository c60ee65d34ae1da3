import type { ConfigCall } from '../config-call';
import type { Remediation } from '../rules';

/** Values a person may paste into a shell: nothing that means anything to one. */
const SAFE = /^[A-Za-z0-9._:/-]{1,128}$/;

/** The command of a remediation with the call's values in it; a value that is missing or unsafe stays a placeholder. */
export function commandOf({ command }: Remediation, call: ConfigCall): string | undefined {
  const values: Readonly<Record<string, string | undefined>> = {
    '{domain}': call.domain.name,
    '{region}': call.region,
    '{account}': call.domain.accountId,
  };
  return command?.replace(/\{(domain|region|account)\}/g, (placeholder) => {
    const value = values[placeholder];
    return value !== undefined && SAFE.test(value) && !value.startsWith('-') ? value : placeholder.toUpperCase();
  });
}

/** The page of the domain in the console of its partition. */
export function consoleLinkOf({ domain, region }: ConfigCall): string | undefined {
  const isKnown = /^[a-z][a-z0-9-]{2,27}$/.test(domain.name ?? '') && /^[a-z]{2}(-[a-z]+)+-\d$/.test(region);
  const host = consoleHostOf(region);
  return isKnown ? `https://${host}/aos/home?region=${region}#opensearch/domains/${domain.name ?? ''}` : undefined;
}

function consoleHostOf(region: string): string {
  if (region.startsWith('cn-')) return 'console.amazonaws.cn';
  if (region.startsWith('us-gov-')) return 'console.amazonaws-us-gov.com';
  return `${region}.console.aws.amazon.com`;
}
