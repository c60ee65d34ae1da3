/**
 * IAM's evaluation of one request to a domain against the domain's access policy, by its documented logic and by nothing
 * else: no sets, no doubts, one request at a time. What the judgement says is held against it.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */

/** A request as IAM sees it. */
export interface IamRequest {
  readonly requester: Requester;
  readonly action: string;
  readonly resource: string;
  /** Condition keys in lower case, each with the values it has; what is absent is absent. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

/** Who requests: nobody who signs, a principal of an account, or an AWS service as itself. */
export type Requester =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'principal';
      readonly account: string;
      /** The user's or role's own ARN, or that of the account's root user. */
      readonly arn: string;
      readonly uniqueId: string;
    }
  | { readonly kind: 'service'; readonly name: string };

type Written = Readonly<Record<string, unknown>>;

/** `Deny` where a Deny applies, `Allow` where only an Allow does, and nothing said where neither. */
export function evaluate(statements: readonly Written[], request: IamRequest): 'Allow' | 'Deny' | 'nothing' {
  const effects = statements.filter((statement) => applies(statement, request)).map((statement) => statement['Effect']);
  if (effects.includes('Deny')) return 'Deny';
  return effects.includes('Allow') ? 'Allow' : 'nothing';
}

function applies(statement: Written, request: IamRequest): boolean {
  return (
    isNamed(statement['Principal'], request.requester) &&
    selects(statement, 'Action', request.action, (pattern, text) => like(pattern.toLowerCase(), text.toLowerCase())) &&
    // Found deployed and open: a statement without Resource is about the whole domain.
    (!('Resource' in statement || 'NotResource' in statement) ||
      selects(statement, 'Resource', request.resource, like)) &&
    conditionsIn(statement).every(([operator, key, values]) => holds(operator, key, values, request.context))
  );
}

const listOf = (value: unknown): readonly string[] => [value].flat().map(String);

function selects(
  statement: Written,
  element: string,
  text: string,
  matches: (pattern: string, text: string) => boolean,
): boolean {
  if (element in statement) return listOf(statement[element]).some((pattern) => matches(pattern, text));
  return !listOf(statement[`Not${element}`]).some((pattern) => matches(pattern, text));
}

/** `*` is any run of characters and `?` is one; letter case counts. */
export function like(pattern: string, text: string): boolean {
  const known = EXPRESSIONS.get(pattern);
  const expression =
    known ??
    new RegExp(
      `^${pattern
        .replace(/[.+^${}()|[\]\\]/g, '\\$&')
        .replaceAll('*', '.*')
        .replaceAll('?', '.')}$`,
      's',
    );
  if (!known) EXPRESSIONS.set(pattern, expression);
  return expression.test(text);
}

const EXPRESSIONS = new Map<string, RegExp>();

/** An account's id and its root stand for all its principals; everyone is everyone, signed or not. */
function isNamed(principal: unknown, requester: Requester): boolean {
  if (principal === '*') return true;
  const kinds = principal as Readonly<Record<string, unknown>>;
  if (requester.kind === 'service') {
    return listOf(kinds['Service'] ?? []).includes(requester.name) || listOf(kinds['AWS'] ?? []).includes('*');
  }
  return listOf(kinds['AWS'] ?? []).some((name) => {
    if (name === '*') return true;
    if (requester.kind === 'anonymous') return false;
    const { account, arn, uniqueId } = requester;
    return name === account || name === uniqueId || name === arn || like(name, `arn:aws:iam::${account}:root`);
  });
}

function conditionsIn(statement: Written): readonly (readonly [string, string, readonly string[]])[] {
  const condition = (statement['Condition'] ?? {}) as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  return Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => [operator, key, listOf(values)] as const),
  );
}

/** Whether one condition holds. Values are alternatives; keys that are absent fail but for what IAM says of them. */
function holds(operator: string, key: string, values: readonly string[], context: IamRequest['context']): boolean {
  const [, quantifier, name = '', ifExists] = /^(ForAnyValue:|ForAllValues:)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  const actual = context[key.toLowerCase()];
  if (name === 'Null') return values.some((value) => (value.toLowerCase() === 'true') === (actual === undefined));
  const isNegated = name.includes('Not');
  if (actual === undefined) {
    if (ifExists !== undefined || quantifier === 'ForAllValues:') return true;
    return isNegated && quantifier === undefined;
  }
  const compare = COMPARE[name.replace('Not', '')];
  if (compare === undefined) throw new Error(`an operator the evaluator does not know: ${operator}`);
  const isMet = (one: string): boolean => values.some((value) => compare(value, one)) !== isNegated;
  return quantifier === 'ForAnyValue:' ? actual.some(isMet) : actual.every(isMet);
}

const COMPARE: Readonly<Record<string, (value: string, actual: string) => boolean>> = {
  StringEquals: (value, actual) => value === actual,
  StringEqualsIgnoreCase: (value, actual) => value.toLowerCase() === actual.toLowerCase(),
  StringLike: like,
  ArnEquals: isLikeArn,
  ArnLike: isLikeArn,
  Bool: (value, actual) => value.toLowerCase() === actual.toLowerCase(),
  NumericLessThan: (value, actual) => Number(actual) < Number(value),
  NumericGreaterThan: (value, actual) => Number(actual) > Number(value),
  DateLessThan: (value, actual) => Date.parse(actual) < Date.parse(value),
  DateGreaterThan: (value, actual) => Date.parse(actual) > Date.parse(value),
  IpAddress: isInRange,
};

/** Each of the six parts by itself. */
function isLikeArn(pattern: string, arn: string): boolean {
  const [ours, theirs] = [pattern, arn].map((text) => {
    const parts = text.split(':');
    return [...parts.slice(0, 5), parts.slice(5).join(':')];
  }) as [string[], string[]];
  return ours.every((part, at) => like(part, theirs[at] ?? ''));
}

/** A text that is no range holds no address. */
function isInRange(range: string, address: string): boolean {
  const [network = '', prefix] = range.split('/');
  if (!/^[\d.]+$|:/.test(network) || network.includes(':') !== address.includes(':')) return false;
  const [a, b] = [bitsOf(network), bitsOf(address)];
  const length = prefix === undefined ? a.length : Number(prefix);
  return a.slice(0, length) === b.slice(0, length);
}

function bitsOf(address: string): string {
  if (!address.includes(':'))
    return address
      .split('.')
      .map((octet) => bits(Number(octet), 8))
      .join('');
  const [head = '', tail = ''] = address.split('::').map((half) =>
    half
      .split(':')
      .filter(Boolean)
      .map((group) => bits(Number.parseInt(group, 16), 16))
      .join(''),
  );
  return head + '0'.repeat(128 - head.length - tail.length) + tail;
}

const bits = (value: number, width: number): string => value.toString(2).padStart(width, '0');
