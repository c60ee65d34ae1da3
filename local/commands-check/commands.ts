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
  '{connection}': 'c-0123456789abcdef0',
  '{endpoint}': 'aos-0123456789abcdef0',
  '{grantee}':
    '--account 444455556666 --service application.opensearchservice.amazonaws.com --service-options SupportedRegions=eu-west-1,us-east-1',
  '{package}': 'F123456789',
  '{packages}': 'F123456789 F234567890',
  '{users}': '444455556666 777788889999',
};

/** Every AWS CLI command in docs/rules.md, which is printed from the rules. */
export function commandsOfRules(): readonly string[] {
  const page = readFileSync(path.join(__dirname, '..', '..', 'docs', 'rules.md'), 'utf8');
  const commands = [...page.matchAll(/^(aws .+)$/gm)].map(([command]) => command);
  return unique(commands.map((command) => putIn(command.replace(/\{\w+\}/g, (name) => VALUES[name] ?? name))));
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
  return unique(commands.flatMap(([, command]) => (command === undefined ? [] : putIn(command))));
}

/** With an ARN where its reader has to put one in. */
const putIn = (command: string): string => command.replace(/\{[A-Z_]*ARN\}/g, 'arn:aws:iam::111122223333:role/example');

/** What stands for the names in capitals of the pages. */
const NAMES: Readonly<Record<string, string>> = {
  FUNCTION_NAME: 'EsConfigMonitor-Function',
  ALARM_NAME: 'EsConfigMonitor-DeadLetterQueueAlarm',
  LOG_FILE_QUEUE_ARN: 'arn:aws:sqs:eu-west-1:111122223333:log-files',
  DEAD_LETTER_QUEUE_ARN: 'arn:aws:sqs:eu-west-1:111122223333:dead',
  DEAD_LETTER_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/111122223333/dead',
  LOG_FILE_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/111122223333/log-files',
  UNDELIVERED_ALERTS_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/111122223333/undelivered',
  BUCKET: 'my-trail-bucket',
  KEY: 'AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/20/a.json.gz',
  FILE: 'a.json.gz',
  STATE_CHECK_FUNCTION: 'EsConfigMonitor-StateCheck',
  STATE_CHECK_LOG_GROUP: '/aws/lambda/EsConfigMonitor-StateCheck',
  SCHEDULE: 'EsConfigMonitor-StateCheck',
  UUID: '6d9bce8e-836b-442c-8070-74e77903c815',
  TOPIC_ARN: 'arn:aws:sns:eu-west-1:111122223333:trail',
  TRAIL: 'management',
  SUBSCRIPTION_ARN: 'arn:aws:sns:eu-west-1:111122223333:trail:0f4b3f0c-6b7a-4d6e-9c5d-2f5d8f3c1a11',
  REGION: 'eu-west-1',
};

/**
 * The commands of a page as they would be pasted, with names put in: lines of its blocks for a shell, and what stands in the text
 * and begins with `aws` or `npm run` and has options.
 */
export function commandsOfPage(name: string): readonly string[] {
  const page = readFileSync(path.join(__dirname, '..', '..', 'docs', name), 'utf8');
  const blocks = [...page.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, lines = '']) => lines.trim().split('\n'));
  const inText = [...page.replace(/^```.*?^```/gms, '').matchAll(/`((?:aws|npm run) [^`]* --?[^`]*)`/g)];
  const commands = [
    ...blocks.map((line) => line.replace(/ +#.*$/, '')),
    ...inText.map(([, command = '']) => command.replace(/\s+/g, ' ')),
  ];
  return unique(
    commands.map((command) => command.replace(/(?<=[\s/])[A-Z]+(_[A-Z]+)*(?=[\s/]|$)/g, (word) => NAMES[word] ?? word)),
  );
}

/** Every call of an API in a page, out of the pipes it stands in; `aws s3` and `aws logs tail` make calls of their own. */
export const awsCommandsOfPage = (name: string): readonly string[] =>
  unique(
    commandsOfPage(name)
      .flatMap((command) => command.split(/ \| | && | > /))
      .filter((command) => /^aws (?!s3 |logs tail )/.test(command)),
  );

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)].toSorted();
