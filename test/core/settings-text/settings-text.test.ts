import * as fc from 'fast-check';
import type { Settings } from '../../../core/settings';
import { readSettingsText, toSettingsText } from '../../../core/settings-text';
import { someSettings } from '../../support/settings';

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

describe('what is written', () => {
  test('is read again as it was, whatever it is, and as well where an editor has changed its lines', () => {
    fc.assert(
      fc.property(fc.oneof(someSettings, fc.dictionary(fc.string(), fc.jsonValue())), (any) => {
        const text = toSettingsText(any as Settings);
        const { $schema: _, ...settings } = JSON.parse(JSON.stringify(any)) as Record<string, unknown>;
        expect(readSettingsText(text)).toEqual(settings);
        expect(readSettingsText(text.replaceAll('\n', '\r\n'))).toEqual(settings);
      }),
    );
  });

  test('has a line for each value, for people', () => {
    expect(toSettingsText({ trustedAccounts: ['111122223333'] })).toBe(
      '{\n  "trustedAccounts": [\n    "111122223333"\n  ]\n}\n',
    );
  });

  test('with a name twice is refused in this layout, too', () => {
    const text = '{\n  "suppressions": [],\n  "suppressions": []\n}\n';
    expect(() => readSettingsText(text)).toThrow('"suppressions" is there a second time at line 3, column 3');
  });
});
