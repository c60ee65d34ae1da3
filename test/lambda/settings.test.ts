import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readSettings } from '../../lambda/settings';

const folder = mkdtempSync(path.join(tmpdir(), 'settings-'));
const settingsFile = path.join(folder, 'monitor.json');
afterAll(() => rmSync(folder, { recursive: true }));

const fileWith = (text: string): string => {
  writeFileSync(settingsFile, text);
  return settingsFile;
};

test('are those of the file, as a person may have written it', () => {
  fileWith('// mine\n{ "trustedAccounts": ["111122223333"], }');
  expect(readSettings({ settingsFile })).toEqual({ trustedAccounts: ['111122223333'] });
});

test('are those of the environment in a function of the first version', () => {
  expect(readSettings({ settingsText: '{"watchedEvents":["AddTags"]}' })).toEqual({ watchedEvents: ['AddTags'] });
});

test('that only a deployment knows take the place of those in the file, one by one', () => {
  fileWith('{"watchedEvents":["AddTags"],"trustedAccounts":["111122223333"]}');
  expect(readSettings({ settingsFile, settingsText: '{"watchedEvents":["RemoveTags"]}' })).toEqual({
    watchedEvents: ['RemoveTags'],
    trustedAccounts: ['111122223333'],
  });
});

test.each([
  ['{"trustedAccounts": [}', 'cannot be read: value expected at line 1, column 22'],
  ['["AddTags"]', 'must hold one JSON object'],
])('%j stops the start of the function', (text, problem) => {
  fileWith(text);
  expect(() => readSettings({ settingsFile })).toThrow(`the settings file ${settingsFile} ${problem}`);
  expect(() => readSettings({ settingsText: text })).toThrow(`the text of the settings ${problem}`);
});

test('in a file that is not there stop the start of the function: nothing set is not what was asked for', () => {
  expect(() => readSettings({ settingsFile: path.join(folder, 'other.json') })).toThrow(
    /other\.json cannot be read: ENOENT/,
  );
});
