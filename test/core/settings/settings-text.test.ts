import { readSettingsText } from '../../../core/settings/settings-text';

test('is read as JSON, whatever it holds', () => {
  expect(readSettingsText('{"trustedAccounts":["111122223333"]}\n')).toEqual({ trustedAccounts: ['111122223333'] });
  expect(readSettingsText('[1]')).toEqual([1]);
});

test('may begin with the byte order mark of editors on Windows, once', () => {
  expect(readSettingsText('\uFEFF{}')).toEqual({});
  expect(() => readSettingsText('\uFEFF\uFEFF{}')).toThrow(SyntaxError);
});

test.each(['', '{', '{} {}', "{'a':1}"])('%j is no JSON', (text) => {
  expect(() => readSettingsText(text)).toThrow(SyntaxError);
});
