import { fillTemplate, inputOf, pipedOf, valueAt } from '../../local/input-template';

const values: Readonly<Record<string, unknown>> = { name: 'a "quoted" name', count: 2, list: [1, 2] };
const fill = (template: string): string => fillTemplate(template, (name) => values[name]);

test.each([
  ['a text outside of texts with its quotes', '{"is": <name>}', '{"is": "a \\"quoted\\" name"}'],
  ['a text within a text without them', '"called <name>, twice"', '"called a \\"quoted\\" name, twice"'],
  ['a text behind an escaped quote', '"\\"<name>\\""', '"\\"a \\"quoted\\" name\\""'],
  ['a number', '{"is": <count>}', '{"is": 2}'],
  ['a list', '<list>', '[1,2]'],
])('an input template takes %s', (_, template, filled) => {
  expect(fill(template)).toBe(filled);
});

test('what is not there is told', () => {
  expect(() => fill('{"is": <other>}')).toThrow('input template asks for <other>, which is not there');
});

test('a path leads through members and indices', () => {
  const event = { detail: { resources: [{ uid: 'a' }], 'detail-type': 'b' } };
  expect(valueAt(event, '$.detail.resources[0].uid')).toBe('a');
  expect(valueAt(event, '$.detail.detail-type')).toBe('b');
  expect(valueAt(event, '$.detail.none.uid')).toBeUndefined();
});

test('the target of a rule is given the event, or what its transformer makes of it', () => {
  const event = { detail: { id: 'a' } };
  expect(inputOf({ Arn: 'x' }, event)).toBe('{"detail":{"id":"a"}}');
  const InputTransformer = { InputPathsMap: { id: '$.detail.id' }, InputTemplate: '{"key":<id>}' };
  expect(inputOf({ InputTransformer }, event)).toBe('{"key":"a"}');
});

test('the target of a pipe is given the body of a message, which is read as JSON', () => {
  expect(pipedOf('<$.body>', { body: '{"severity":"High"}' })).toBe('{"severity":"High"}');
  expect(pipedOf('{"is": <$.body.severity>}', { body: '{"severity":"High"}' })).toBe('{"is": "High"}');
  expect(pipedOf('<$.body>', { body: 'a text' })).toBe('"a text"');
});
