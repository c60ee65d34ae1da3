import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/* DynamoDB's expressions, as far as the function writes them. What it does not know it refuses. */

export type Item = Readonly<Record<string, AttributeValue>>;

/** What the names and values in an expression stand for. */
export interface Scope {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Readonly<Record<string, AttributeValue>> | undefined;
}

type Operand = (item: Item, scope: Scope) => AttributeValue | undefined;
type Condition = (item: Item, scope: Scope) => boolean;
type Change = (item: Record<string, AttributeValue>, before: Item, scope: Scope) => void;

/** Whether a condition holds of an item; one that is not there is `{}`. @throws Error for what is not known here */
export const conditionOf = cached((text): Condition => {
  const tokens = tokensOf(text);
  const condition = anyOf(tokens);
  tokens.end();
  return condition;
});

/** Carries out an update on an item. @throws Error for what is not known here */
export const updateOf = cached((text): Change => {
  const tokens = tokensOf(text);
  const changes: Change[] = [];
  while (!tokens.isAtEnd()) {
    const clause = tokens.next();
    do changes.push(changeOf(clause, tokens));
    while (tokens.take(','));
  }
  return (item, before, scope) => changes.forEach((change) => change(item, before, scope));
});

/** What a name in an expression stands for. */
export const nameIn = (name: string, { ExpressionAttributeNames }: Scope): string =>
  name.startsWith('#') ? known(ExpressionAttributeNames?.[name], name) : name;

function changeOf(clause: string, tokens: Tokens): Change {
  const name = tokens.next();
  if (clause === 'REMOVE') return (item, _, scope) => void delete item[nameIn(name, scope)];
  if (clause === 'ADD') {
    const added = operandOf(tokens);
    return (item, before, scope) => {
      const all = [...(before[nameIn(name, scope)]?.SS ?? []), ...(added(before, scope)?.SS ?? [])];
      item[nameIn(name, scope)] = { SS: [...new Set(all)] };
    };
  }
  if (clause !== 'SET') throw new Error(`clause ${clause} is not known here`);
  tokens.expect('=');
  const value = operandOf(tokens);
  return (item, before, scope) => void (item[nameIn(name, scope)] = known(value(before, scope), name));
}

function anyOf(tokens: Tokens): Condition {
  const parts = [allOf(tokens)];
  while (tokens.take('OR')) parts.push(allOf(tokens));
  return (item, scope) => parts.some((part) => part(item, scope));
}

function allOf(tokens: Tokens): Condition {
  const parts = [oneOf(tokens)];
  while (tokens.take('AND')) parts.push(oneOf(tokens));
  return (item, scope) => parts.every((part) => part(item, scope));
}

function oneOf(tokens: Tokens): Condition {
  if (tokens.take('(')) {
    const inner = anyOf(tokens);
    tokens.expect(')');
    return inner;
  }
  for (const isWanted of [true, false]) {
    if (!tokens.take(isWanted ? 'attribute_exists' : 'attribute_not_exists')) continue;
    const [attribute] = argumentsOf(tokens);
    return (item, scope) => (attribute?.(item, scope) !== undefined) === isWanted;
  }
  if (tokens.take('contains')) {
    const [set, member] = argumentsOf(tokens);
    return (item, scope) => set?.(item, scope)?.SS?.includes(member?.(item, scope)?.S ?? '') === true;
  }
  const left = operandOf(tokens);
  const sign = tokens.next();
  const right = operandOf(tokens);
  return (item, scope) => holds(sign, left(item, scope), right(item, scope));
}

function operandOf(tokens: Tokens): Operand {
  if (tokens.take('size')) {
    const [attribute] = argumentsOf(tokens);
    return (item, scope) => {
      const set = attribute?.(item, scope)?.SS;
      return set && { N: String(set.length) };
    };
  }
  if (tokens.take('if_not_exists')) {
    const [attribute, otherwise] = argumentsOf(tokens);
    return (item, scope) => attribute?.(item, scope) ?? otherwise?.(item, scope);
  }
  const name = tokens.next();
  if (name.startsWith(':')) return (_, scope) => known(scope.ExpressionAttributeValues?.[name], name);
  return (item, scope) => item[nameIn(name, scope)];
}

function argumentsOf(tokens: Tokens): readonly Operand[] {
  tokens.expect('(');
  const operands = [operandOf(tokens)];
  while (tokens.take(',')) operands.push(operandOf(tokens));
  tokens.expect(')');
  return operands;
}

/** What is not there, or of another type, compares with nothing. */
function holds(sign: string, left: AttributeValue | undefined, right: AttributeValue | undefined): boolean {
  const order =
    left?.N !== undefined && right?.N !== undefined
      ? Number(left.N) - Number(right.N)
      : left?.S !== undefined && right?.S !== undefined
        ? Number(left.S > right.S) - Number(left.S < right.S)
        : Number.NaN;
  if (sign === '<') return order < 0;
  if (sign === '>') return order > 0;
  if (sign === '=') return order === 0;
  throw new Error(`sign ${sign} is not known here`);
}

interface Tokens {
  readonly isAtEnd: () => boolean;
  readonly next: () => string;
  /** Takes `token` if it is the next one. */
  readonly take: (token: string) => boolean;
  readonly expect: (token: string) => void;
  readonly end: () => void;
}

function tokensOf(text: string): Tokens {
  const tokens = text.match(/[#:]?\w+|[<>=(),]|\S/g) ?? [];
  let at = 0;
  const fail = (wanted: string): never => {
    throw new Error(`expression has ${tokens[at] ?? 'its end'} where ${wanted} is expected: ${text}`);
  };
  const take = (token: string): boolean => tokens[at] === token && (at += 1) > 0;
  return {
    isAtEnd: () => at === tokens.length,
    next: () => tokens[at++] ?? fail('more'),
    take,
    expect: (token) => void (take(token) || fail(token)),
    end: () => void (at === tokens.length || fail('the end')),
  };
}

function known<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new Error(`expression names ${name}, which has no value`);
  return value;
}

function cached<Result>(make: (text: string) => Result): (text: string) => Result {
  const made = new Map<string, Result>();
  return (text) => {
    const before = made.get(text);
    if (before) return before;
    const result = make(text);
    made.set(text, result);
    return result;
  };
}
