import { Template } from 'aws-cdk-lib/assertions';
import { appWith, onExistingBucket, stackWith } from './stack-in';
import type { Properties } from './template';

test('each function of a stack has code of its own, though all come from one folder', () => {
  const template = Template.fromStack(stackWith(onExistingBucket({ digest: 'daily' }), appWith({}, true)));
  const codes = Object.entries(template.findResources('AWS::Lambda::Function'))
    .filter(([id]) => /^(Function|StateCheckFunction|MailDigestFunction)/.test(id))
    .map(([, resource]) => (resource as unknown as { Properties: Properties }).Properties['Code']);
  expect(codes).toHaveLength(3);
  expect(new Set(codes.map((code) => JSON.stringify(code))).size).toBe(codes.length);
});
