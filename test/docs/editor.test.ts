import { readFileSync } from 'node:fs';
import path from 'node:path';
import { getLanguageService, type JSONDocument } from 'vscode-json-languageservice';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { ROOT } from '../support/root';

/* An editor that is open on monitor.json, which names its schema: the language server of VS Code, as a library. */

const schema = readFileSync(path.join(ROOT, 'docs', 'monitor.schema.json'), 'utf8');
const service = getLanguageService({
  schemaRequestService: async (uri) => {
    expect(uri).toBe('file:///app/monitor.schema.json');
    return schema;
  },
  workspaceContext: { resolveRelativePath: (relative, resource) => new URL(relative, resource).href },
});
service.configure({ allowComments: true, validate: true });

interface Open {
  readonly text: TextDocument;
  readonly json: JSONDocument;
  /** Of `|` in what was typed. */
  readonly cursor: number;
}

/** A file that has its schema, and what was `typed` after it. */
function open(typed: string): Open {
  const whole = `{ "$schema": "./monitor.schema.json", ${typed}`;
  const text = TextDocument.create('file:///app/monitor.json', 'jsonc', 1, whole.replace('|', ''));
  return { text, json: service.parseJSONDocument(text), cursor: whole.indexOf('|') };
}

async function completed(typed: string): Promise<readonly string[]> {
  const { text, json, cursor } = open(typed);
  const completions = await service.doComplete(text, text.positionAt(cursor), json);
  return (completions?.items ?? []).map(({ label }) => label);
}

async function told(typed: string): Promise<readonly string[]> {
  const { text, json } = open(typed);
  return (await service.doValidation(text, json)).map(({ message }) =>
    typeof message === 'string' ? message : message.value,
  );
}

describe('an editor', () => {
  test('completes the names of the settings', async () => {
    expect(await completed('"|" }')).toEqual(
      expect.arrayContaining([
        'watchedEvents',
        'trustedAccounts',
        'severityOverrides',
        'suppressions',
        'watchPatterns',
      ]),
    );
  });

  test('completes the names of events, rules and severities', async () => {
    expect(await completed('"watchedEvents": ["|"] }')).toContain('"UpdateElasticsearchDomainConfig"');
    expect(await completed('"severityOverrides": { "|" } }')).toEqual(
      expect.arrayContaining(['access-policy-public', 'DeleteDomain']),
    );
    expect(await completed('"severityOverrides": { "domain-deleted": "|" } }')).toContain('"CRITICAL"');
    expect(await completed('"suppressions": [{ "rule": "|" }] }')).toContain('"domain-deleted"');
  });

  test('completes what a suppression and a watch pattern have, and the fields of a record', async () => {
    expect(await completed('"suppressions": [{ "|" }] }')).toEqual(
      expect.arrayContaining(['rule', 'eventName', 'domain', 'reason', 'expires']),
    );
    expect(await completed('"watchPatterns": [{ "pattern": { "|" } }] }')).toEqual(
      expect.arrayContaining(['eventName', 'userIdentity', 'requestParameters', 'sourceIPAddress']),
    );
  });

  test('shows what a setting means', async () => {
    const { text, json, cursor } = open('"trusted|Callers": [] }');
    const hover = await service.doHover(text, text.positionAt(cursor), json);
    expect(JSON.stringify(hover?.contents)).toContain('one severity step lower');
  });

  test('marks what is misspelt, and nothing in a file that is right', async () => {
    expect(await told('"trustedAcounts": [] }')).toEqual(['Property trustedAcounts is not allowed.']);
    expect(await told('"watchedEvents": ["CreateDomian"] }')).toHaveLength(1);
    expect(await told('// why\n"trustedAccounts": ["111122223333",], }')).toEqual([]);
  });
});
