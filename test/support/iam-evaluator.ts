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

/** Decides requests by a policy's statements: `Deny` where a Deny applies, `Allow` where only an Allow does. */
export function evaluatorOf(statements: readonly Written[]): (request: IamRequest) => 'Allow' | 'Deny' | 'nothing' {
  const [denials, allows] = (['Deny', 'Allow'] as const).map((effect) =>
    statements.filter((statement) => statement['Effect'] === effect).map(toApplies),
  );
  return (request) => {
    if (denials?.some((applies) => applies(request))) return 'Deny';
    return allows?.some((applies) => applies(request)) ? 'Allow' : 'nothing';
  };
}

/** Whether a statement applies to a request. */
function toApplies(statement: Written): (request: IamRequest) => boolean {
  const isNamed = namesOf(statement['Principal']);
  const isAction = selectionOf(statement, 'Action', (action) => action.toLowerCase());
  const isResource = selectionOf(statement, 'Resource', (resource) => resource);
  const conditions = conditionsIn(statement);
  return ({ requester, action, resource, context }) =>
    isNamed(requester) &&
    isAction(action) &&
    isResource(resource) &&
    conditions.every(([operator, key, values]) => holds(operator, key, values, context));
}

const listOf = (value: unknown): readonly string[] => [value].flat().map(String);

/** Found deployed and open: a statement without `Resource` is about the whole domain. */
function selectionOf(
  statement: Written,
  element: 'Action' | 'Resource',
  spell: (text: string) => string,
): (text: string) => boolean {
  const isInverted = `Not${element}` in statement;
  const patterns = listOf(statement[isInverted ? `Not${element}` : element] ?? '*').map(spell);
  return (text) => patterns.some((pattern) => like(pattern, spell(text))) !== isInverted;
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
function namesOf(principal: unknown): (requester: Requester) => boolean {
  const { AWS = [], Service = [] } = (principal === '*' ? { AWS: '*' } : principal) as Readonly<
    Record<string, unknown>
  >;
  const [names, services] = [listOf(AWS), listOf(Service)];
  return (requester) => {
    if (names.includes('*')) return true;
    if (requester.kind === 'anonymous') return false;
    if (requester.kind === 'service') return services.includes(requester.name);
    const { account, arn, uniqueId } = requester;
    const root = `arn:aws:iam::${account}:root`;
    return names.some((name) => [account, arn, uniqueId].includes(name) || like(name, root));
  };
}

function conditionsIn(statement: Written): readonly (readonly [string, string, readonly string[]])[] {
  const condition = (statement['Condition'] ?? {}) as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  return Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => [operator, key, listOf(values)] as const),
  );
}

/** Whether one condition holds. Values are alternatives; keys that are absent fail but for what IAM says of them. */
function holds(operator: string, key: string, values: readonly string[], context: IamRequest['context']): boolean {
  const [, quantifier, name = '', ifExists] = partsOf(operator);
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

function partsOf(operator: string): readonly (string | undefined)[] {
  const parts = OPERATORS.get(operator) ?? /^(ForAnyValue:|ForAllValues:)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  OPERATORS.set(operator, parts);
  return parts;
}

const OPERATORS = new Map<string, readonly (string | undefined)[]>();

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
