import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { problemsWith, propsWith } from './in-context';

const folder = mkdtempSync(path.join(tmpdir(), 'es-config-monitor-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(content: string): string {
  const file = path.join(folder, 'config.json');
  writeFileSync(file, content);
  return file;
}

describe("the file that context key 'config' names", () => {
  test('names a file with everything that is no list, and wins over it', () => {
    const config = fileWith('{"severityOverrides": {"domain-deleted": "LOW"}, "watchedEvents": ["AddTags"]}');
    expect(propsWith({ config, watchedEvents: 'DeleteDomain' })).toEqual({
      severityOverrides: { 'domain-deleted': 'LOW' },
      watchedEvents: ['DeleteDomain'],
    });
  });

  test('takes a file that begins with a byte order mark', () => {
    expect(propsWith({ config: fileWith('\uFEFF{"trustedAccounts": ["111122223333"]}') })).toEqual({
      trustedAccounts: ['111122223333'],
    });
  });

  test.each([
    ['[]', /must hold one JSON object$/],
    ['{"watchedEvent": []}', /^"watchedEvent" is no setting; did you mean watchedEvents\?$/],
    ['{', /config\.json cannot be read: close brace expected at line 1, column 2$/],
  ])('refuses the file %s', (content, problem) => {
    expect(problemsWith({ config: fileWith(content) })).toEqual([expect.stringMatching(problem)]);
  });

  test('refuses a file that is not there', () => {
    expect(problemsWith({ config: path.join(folder, 'none.json') })).toEqual([expect.stringContaining('ENOENT')]);
  });
});
