/**
 * The value of an expression of CloudWatch's metric math in one period: numbers, names, `+`, `-`, `ABS` and `FILL` with a number.
 * @param values by the id of the metric; `undefined` where nothing was reported
 * @throws Error for what else metric math knows
 */
export function evaluateExpression(text: string, values: ReadonlyMap<string, number | undefined>): number | undefined {
  const tokens = text.match(/[A-Za-z_]\w*|\d+(?:\.\d+)?|[^\s\w]/g) ?? [];
  let at = 0;
  const refuse = (): never => {
    throw new Error(`the local run cannot compute '${tokens[at] ?? 'the end'}' of the expression ${text}`);
  };
  const expect = (token: string): void => void (tokens[at] === token ? (at += 1) : refuse());

  function sum(): number | undefined {
    let value = operand();
    while (tokens[at] === '+' || tokens[at] === '-') {
      const sign = tokens[at++] === '+' ? 1 : -1;
      const next = operand();
      value = value === undefined || next === undefined ? undefined : value + sign * next;
    }
    return value;
  }

  function operand(): number | undefined {
    const token = tokens[at++] ?? refuse();
    if (/^\d/.test(token)) return Number(token);
    if (token === '(') return closed(sum());
    if (tokens[at] !== '(') return values.has(token) ? values.get(token) : refuse();
    at += 1;
    const value = sum();
    if (token === 'ABS') return closed(value === undefined ? undefined : Math.abs(value));
    if (token !== 'FILL') return refuse();
    expect(',');
    const otherwise = sum();
    return closed(value ?? otherwise);
  }

  function closed(value: number | undefined): number | undefined {
    expect(')');
    return value;
  }

  const value = sum();
  return at === tokens.length ? value : refuse();
}
