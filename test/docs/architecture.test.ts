import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../support/root';
import { stackWith } from '../lib/stack-in';

const picture = readFileSync(path.join(ROOT, 'docs', 'architecture.svg'), 'utf8');

/** What a stack on a new trail is made of, but for what CDK adds and the rights between its parts. */
const PARTS = [
  'AWS::CloudTrail::Trail',
  'AWS::CloudWatch::Alarm',
  'AWS::DynamoDB::Table',
  'AWS::KMS::Key',
  'AWS::Lambda::Function',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
];

test('the picture shows each part of the stack once, and no other', () => {
  const { monitor } = stackWith();
  const parts = monitor.node.findAll().flatMap((part) => {
    const type = (part as { cfnResourceType?: string }).cfnResourceType;
    const [id = ''] = part.node.path.replace(`${monitor.node.path}/`, '').split('/');
    return type !== undefined && PARTS.includes(type) ? [id] : [];
  });
  const shown = [...picture.matchAll(/data-made="([^"]*)"/g)].flatMap(([, ids = '']) => ids.split(' '));
  // The state check is a function with its log.
  expect(shown.toSorted()).toEqual([...new Set(parts)].toSorted());
});

test('the picture is readable in the dark', () => {
  const [, dark = ''] = /@media \(prefers-color-scheme: dark\) \{([^]*)\n {4}\}/.exec(picture) ?? [];
  const [, light = ''] = /<style>([^]*)@media/.exec(picture) ?? [];
  const coloured = [...light.matchAll(/^ {4}(\S.*?) \{.*#/gm)].map(([, selector = '']) => selector);
  expect(coloured.length).toBeGreaterThan(5);
  for (const selector of coloured) expect(dark).toContain(`${selector} {`);
});
