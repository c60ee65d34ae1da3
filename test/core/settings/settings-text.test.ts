import { readSettingsText } from '../../../core/settings/settings-text';

test('is read as JSON, whatever it holds', () => {
  expect(readSettingsText('{"trustedAccounts":["111122223333"]}\n')).toEqual({ trustedAccounts: ['111122223333'] });
  expect(readSettingsText('[1]')).toEqual([1]);
});

test('may begin with the byte order mark of editors on Windows, once', () => {
  expect(readSettingsText('\uFEFF{}')).toEqual({});
  expect(() => readSettingsText('\uFEFF\uFEFF{}')).toThrow(SyntaxError);
});

test('may have comments and trailing commas, and name its schema', () => {
  const text = '// why\n{\n  "$schema": "./x.json", /* these */ "trustedAccounts": ["111122223333",],\n}';
  expect(readSettingsText(text)).toEqual({ trustedAccounts: ['111122223333'] });
  expect(readSettingsText('[{ "$schema": "x" }]')).toEqual([{ $schema: 'x' }]);
});

test.each([
  ['{\n  "trustedAccounts": [\n}', 'value expected at line 3, column 1'],
  ['{"a": 1 "b": 2}', 'comma expected at line 1, column 9'],
  ['', 'value expected at line 1, column 1'],
  ['{"suppressions": [],\n "suppressions": []}', '"suppressions" is there a second time at line 2, column 2'],
  ['{"watchPatterns": [{"name": "a", "name": "b"}]}', '"name" is there a second time at line 1, column 34'],
])('%j is refused where it goes wrong', (text, problem) => {
  expect(() => readSettingsText(text)).toThrow(new SyntaxError(problem));
});

test('has members of whatever name', () => {
  expect(Object.keys(readSettingsText('{"__proto__": 1, "constructor": 2}') as object)).toEqual([
    '__proto__',
    'constructor',
  ]);
});

test.each(['', '{', '{} {}', "{'a':1}"])('%j is no JSON', (text) => {
  expect(() => readSettingsText(text)).toThrow(SyntaxError);
});
