import { matchesWildcard } from '../base/iam-wildcard';
import { isAbsent, isObject, listOf, memberOf, textOf, textsOf } from '../base/members';
import { conditionHolds, every, some, type Truth } from './condition';
import { actionOf, type Request } from './request';

/** The statements of a policy, as written. */
export function statementsIn(policy: unknown): readonly unknown[] {
  return listOf(memberOf(policy, 'Statement'));
}

/**
 * The statement, counted from 1, that lets a request in: it allows it for certain, and no other may deny it.
 * @param domainArn the domain that is asked, without what follows its name
 */
export function letInBy(policy: unknown, request: Request, domainArn: string): number | undefined {
  const statements = statementsIn(policy);
  const appliesTo = (statement: unknown) => applies(statement, request, domainArn);
  const isDenied = statements.some((statement) => effectOf(statement) === 'deny' && appliesTo(statement) !== false);
  if (isDenied) return undefined;
  const at = statements.findIndex((statement) => effectOf(statement) === 'allow' && appliesTo(statement) === true);
  return at === -1 ? undefined : at + 1;
}

const effectOf = (statement: unknown): string | undefined => textOf(memberOf(statement, 'Effect'))?.toLowerCase();

function applies(statement: unknown, request: Request, domainArn: string): Truth {
  return every([
    principalFits(statement, request),
    elementFits(statement, 'Action', actionOf(request), 'in any letter case'),
    elementFits(statement, 'Resource', `${domainArn}${request.path}`),
    conditionHolds(memberOf(statement, 'Condition'), request),
  ]);
}

function principalFits(statement: unknown, request: Request): Truth {
  const principal = memberOf(statement, 'Principal');
  if (isAbsent(principal) || !isAbsent(memberOf(statement, 'NotPrincipal'))) return undefined;
  if (principal === '*') return true;
  if (!isObject(principal)) return undefined;
  return some(textsOf(memberOf(principal, 'AWS')).map((name) => isNamed(name, request)));
}

/** An account is named by its id or by the ARN of its root; a unique id does not tell whose it is. */
function isNamed(name: string, { signer }: Request): Truth {
  if (name === '*') return true;
  if (signer === undefined) return false;
  const rootArn = `arn:${signer.arn.split(':')[1] ?? 'aws'}:iam::${signer.accountId}:root`;
  if (/^A[A-Z]{3}[A-Z0-9]{12,}$/.test(name)) return undefined;
  return name === signer.accountId || [signer.arn, rootArn].some((arn) => matchesWildcard(name, arn));
}

/** Without a `Resource` the service takes the whole domain. */
function elementFits(
  statement: unknown,
  element: 'Action' | 'Resource',
  value: string,
  letterCase?: 'in any letter case',
): Truth {
  const [wanted, unwanted] = [memberOf(statement, element), memberOf(statement, `Not${element}`)];
  if (isAbsent(wanted) && isAbsent(unwanted)) return element === 'Resource' ? true : undefined;
  const inCase = (text: string): string => (letterCase ? text.toLowerCase() : text);
  const patterns = textsOf(isAbsent(wanted) ? unwanted : wanted);
  if (patterns.some((pattern) => pattern.includes('${'))) return undefined;
  const fits = patterns.some((pattern) => matchesWildcard(inCase(pattern), inCase(value)));
  return isAbsent(wanted) ? !fits : fits;
}
