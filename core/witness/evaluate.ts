import { matchesWildcard } from '../base/iam-wildcard';
import { isAbsent, isObject, listOf, memberOf, textOf, textsOf } from '../base/members';
import { readTests, testHolds, type Test } from './condition';
import type { Truth } from './truth';
import { actionOf, type Request } from './request';

/** What of a statement decides whether it applies to a request. */
export interface Statement {
  readonly effect: 'allow' | 'deny' | undefined;
  /** Names under `AWS`; `*` for everyone. `undefined` where it is said in another way. */
  readonly principals: readonly string[] | undefined;
  readonly actions: Patterns | undefined;
  readonly resources: Patterns | undefined;
  /** All of them have to hold; `undefined` where they cannot be read. */
  readonly tests: readonly Test[] | undefined;
}

interface Patterns {
  readonly patterns: readonly string[];
  /** Of `NotAction` and `NotResource`: what fits none of them is meant. */
  readonly isInverted: boolean;
}

/** The statements of a policy. */
export function statementsIn(policy: unknown): readonly Statement[] {
  return listOf(memberOf(policy, 'Statement')).map((statement) => {
    const effect = textOf(memberOf(statement, 'Effect'))?.toLowerCase();
    return {
      effect: effect === 'allow' || effect === 'deny' ? effect : undefined,
      principals: principalsIn(statement),
      actions: patternsIn(statement, 'Action'),
      // Without one the service takes the whole domain.
      resources: patternsIn(statement, 'Resource') ?? { patterns: [], isInverted: true },
      tests: readTests(memberOf(statement, 'Condition')),
    };
  });
}

function principalsIn(statement: unknown): readonly string[] | undefined {
  const principal = memberOf(statement, 'Principal');
  if (principal === '*') return ['*'];
  return isObject(principal) && isAbsent(memberOf(statement, 'NotPrincipal'))
    ? textsOf(memberOf(principal, 'AWS'))
    : undefined;
}

function patternsIn(statement: unknown, element: 'Action' | 'Resource'): Patterns | undefined {
  const [wanted, unwanted] = [memberOf(statement, element), memberOf(statement, `Not${element}`)];
  if (isAbsent(wanted) && isAbsent(unwanted)) return undefined;
  const inCase = (text: string): string => (element === 'Action' ? text.toLowerCase() : text);
  return { patterns: textsOf(isAbsent(wanted) ? unwanted : wanted).map(inCase), isInverted: isAbsent(wanted) };
}

/**
 * The statement, counted from 1, that lets a request in: it allows it for certain, and no other may deny it.
 * @param domainArn the domain that is asked, without what follows its name
 */
export function letInBy(statements: readonly Statement[], request: Request, domainArn: string): number | undefined {
  const at = statements.findIndex((each) => each.effect === 'allow' && applies(each, request, domainArn) === true);
  if (at === -1) return undefined;
  const isDenied = statements.some((each) => each.effect === 'deny' && applies(each, request, domainArn) !== false);
  return isDenied ? undefined : at + 1;
}

function applies({ principals, actions, resources, tests }: Statement, request: Request, domainArn: string): Truth {
  let sofar: Truth = true;
  const parts: readonly (() => Truth)[] = [
    () => principals && isNamedIn(principals, request),
    () => actions && fits(actions, actionOf(request).toLowerCase()),
    () => resources && fits(resources, `${domainArn}${request.path}`),
    ...(tests ?? [undefined]).map((test) => () => test && testHolds(test, request)),
  ];
  for (const part of parts) {
    const truth = part();
    if (truth === false) return false;
    if (truth === undefined) sofar = undefined;
  }
  return sofar;
}

/** An account is named by its id or by the ARN of its root; a unique id does not tell whose it is. */
function isNamedIn(principals: readonly string[], { signer }: Request): Truth {
  if (principals.includes('*')) return true;
  if (signer === undefined) return false;
  const { accountId, arn } = signer;
  const root = `arn:${arn.split(':')[1] ?? 'aws'}:iam::${accountId}:root`;
  if (principals.some((name) => name === accountId || matchesWildcard(name, arn) || matchesWildcard(name, root)))
    return true;
  return principals.some((name) => /^A[A-Z]{3}[A-Z0-9]{12,}$/.test(name)) ? undefined : false;
}

function fits({ patterns, isInverted }: Patterns, value: string): Truth {
  if (patterns.some((pattern) => pattern.includes('${'))) return undefined;
  return patterns.some((pattern) => matchesWildcard(pattern, value)) !== isInverted;
}
