import { readFileSync } from 'node:fs';
import path from 'node:path';
import { toCall } from '../../core/call';
import { changeOf, configurationAfter } from '../../core/domain';
import { judge } from '../../core/scan';
import { toCriteria } from '../../core/settings';
import { GOLDEN_NAMES, recordBefore, recordNamed } from '../../test/support/golden';
import { FIXTURES, recordOf } from '../../test/support/records';

/** What stands for the values of a call in the commands of the rules. */
const VALUES: Readonly<Record<string, string>> = {
  '{domain}': 'logs',
  '{region}': 'eu-west-1',
  '{account}': '111122223333',
  '{source}': 'logs_source',
};

/** Every AWS CLI command in docs/rules.md, which is printed from the rules. */
export function commandsOfRules(): readonly string[] {
  const page = readFileSync(path.join(__dirname, '..', '..', 'docs', 'rules.md'), 'utf8');
  const commands = [...page.matchAll(/^(aws .+)$/gm)].map(([command]) => command);
  return unique(commands.map((command) => command.replace(/\{\w+\}/g, (name) => VALUES[name] ?? name)));
}

/** Every AWS CLI command in the e-mails about the records that tests use. */
export function commandsInAlerts(): readonly string[] {
  const pairs = [
    ...FIXTURES.map((name) => [recordOf(name), undefined] as const),
    ...GOLDEN_NAMES.map((name) => [recordNamed(name), recordBefore(name)] as const),
  ];
  const criteria = toCriteria();
  const emails = pairs.flatMap(([record, before]) => {
    const [call, earlier] = [toCall(record), toCall(before)];
    const change = call && earlier && changeOf(call, configurationAfter(earlier));
    return judge(record, criteria, change).alert?.email ?? [];
  });
  const commands = emails.flatMap((email) => [...email.matchAll(/^(?: +|Record +)(aws .+)$/gm)]);
  return unique(commands.flatMap(([, command]) => command ?? []));
}

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)].toSorted();
