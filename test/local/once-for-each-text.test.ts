import conditionParser, { type Parse } from 'dynalite/db/conditionParser';
import { onceForEachText } from '../../local/once-for-each-text';

/* What dynalite makes of a condition is remembered: with other values it is as if it were read anew. */

const NAMES = { '#told': 'told', '#lease': 'leaseUntil' };
const CLAIM = '(attribute_not_exists(#told) OR #told < :severity) AND (attribute_not_exists(pk) OR #lease < :now)';

/** What is read of a text, and which names and values are left that it does not use. */
function readWith(parse: Parse, text: string, names: Record<string, string>, values: Record<string, object>): unknown {
  const context = {
    attrNames: names,
    attrVals: values,
    unusedAttrNames: { ...names },
    unusedAttrVals: { ...values },
    isReserved: (name: string) => name === 'name',
    compare: (_: 'GT', one: { N: string }, other: { N: string }) => Number(one.N) > Number(other.N),
  };
  const tree = JSON.stringify(parse(text, { context }));
  return { tree, names: Object.keys(context.unusedAttrNames), values: Object.keys(context.unusedAttrVals) };
}

test.each<[string, string, Record<string, string>, Record<string, object>]>([
  ['the same', CLAIM, NAMES, { ':severity': { N: '1' }, ':now': { N: '2' } }],
  ['other values', CLAIM, NAMES, { ':severity': { N: '3' }, ':now': { N: '4' } }],
  ['a type that a function takes', 'begins_with(a, :start)', {}, { ':start': { S: '1' } }],
  ['one that it does not', 'begins_with(a, :start)', {}, { ':start': { N: '1' } }],
  [
    'other names',
    CLAIM,
    { '#told': 'attempted', '#lease': 'attemptUntil' },
    { ':severity': { N: '3' }, ':now': { N: '4' } },
  ],
  ['a name too many', CLAIM, { ...NAMES, '#more': 'more' }, { ':severity': { N: '3' }, ':now': { N: '4' } }],
  ['a value too many', CLAIM, NAMES, { ':severity': { N: '3' }, ':now': { N: '4' }, ':more': { N: '5' } }],
  ['a value too few', CLAIM, NAMES, { ':severity': { N: '3' } }],
  ['a reserved name', 'name = :now', {}, { ':now': { N: '1' } }],
  [
    'an order of values',
    ':now BETWEEN :from AND :to',
    {},
    { ':now': { N: '1' }, ':from': { N: '1' }, ':to': { N: '2' } },
  ],
  ['another order', ':now BETWEEN :from AND :to', {}, { ':now': { N: '1' }, ':from': { N: '2' }, ':to': { N: '1' } }],
  ['a type', 'attribute_type(a, :type)', {}, { ':type': { S: 'N' } }],
  ['what is no type', 'attribute_type(a, :type)', {}, { ':type': { S: 'M?' } }],
])('%s', (_, text, names, values) => {
  expect(readWith(remembering, text, names, values)).toEqual(readWith(conditionParser.parse, text, names, values));
});

const remembering = onceForEachText(conditionParser.parse);

test('a text is read once, and what cannot be read is not remembered', () => {
  const read: string[] = [];
  const counting = onceForEachText((text, options) => {
    read.push(text);
    return conditionParser.parse(text, options);
  });
  for (const now of ['1', '2']) readWith(counting, 'a < :now', {}, { ':now': { N: now } });
  for (const now of ['1', '2']) expect(() => readWith(counting, 'a <', {}, { ':now': { N: now } })).toThrow(/Expected/);
  expect(read).toEqual(['a < :now', 'a <', 'a <']);
});
