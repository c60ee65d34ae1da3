import { EVENT_NAMES, operationOf } from '../../call';
import { isDomainName } from '../../call';
import { didYouMean } from '../../base/nearest';

/** Of an account, and of an organization. The schema of a settings file has them, too. */
export const ACCOUNT = /^\d{12}$/;
export const ORGANIZATION = /^o-[a-z0-9]{10,32}$/;

export function eventNameProblem(name: string): string | undefined {
  return operationOf(name) ? undefined : `is in neither API generation${didYouMean(name, EVENT_NAMES)}`;
}

export function accountProblem(id: string): string | undefined {
  return ACCOUNT.test(id) ? undefined : 'is no account id; allowed: twelve digits';
}

export function organizationProblem(id: string): string | undefined {
  return ORGANIZATION.test(id) ? undefined : 'is no organization id; allowed: o- and 10 to 32 letters and digits';
}

/** Compared as it is: a pattern, an ARN or another letter case would never match. */
export function domainProblem(name: string): string | undefined {
  return isDomainName(name)
    ? undefined
    : 'is no domain name; allowed: 3 to 28 of a-z, 0-9 and -, beginning with a letter';
}

/** A pattern that matches the callers of every account trusts strangers, so it has to name an account or a caller. */
export function callerProblem(pattern: string): string | undefined {
  const [, account = '', resource = ''] = /^arn:[^:]+:[^:]+:[^:]*:([^:]*):(.+)$/.exec(pattern) ?? [];
  const isAccount = /^\d{12}$/.test(account);
  const isNamed = /[*?]/.test(account) && /^[^/]*\/.*[a-z0-9]/i.test(resource);
  return (isAccount || isNamed) && !/\s/.test(pattern)
    ? undefined
    : 'is no ARN pattern of a caller, or one of callers in every account; allowed: arn:aws:iam::123456789012:role/deploy-* and the like, with * and ?';
}
