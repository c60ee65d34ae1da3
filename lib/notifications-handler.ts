import { CfnResource, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { memberOf, textOf } from '../core/base/members';
import { acknowledge } from './acknowledgements';
import { renderedProperties } from './rendered';

/*
 * The function with which CDK sets notifications on buckets during deployments: one for a stack, written by CDK in Python, and also
 * that of any other bucket in the stack. What it does wrong is set right around it; of its code nothing is changed.
 */

/**
 * A stack cannot be deleted whose bucket is gone, since there is no notification to take away. And an update empties the ids of the
 * notifications of others, whose owners would not know them again.
 */
const AROUND = `
_s3, _kept, _event = s3, [], {}

def _without_id(notification):
  bare = sort_filter_rules(json.loads(json.dumps(notification)))
  bare.pop('Id', None)
  return json.dumps(bare, sort_keys=True).lower()

class _Careful:
  def _unless_gone(self, call, gone, **arguments):
    try:
      return call(**arguments)
    except _s3.exceptions.NoSuchBucket:
      if _event.get('RequestType') != 'Delete':
        raise
      return gone

  def get_bucket_notification_configuration(self, **arguments):
    found = self._unless_gone(_s3.get_bucket_notification_configuration, {}, **arguments)
    _kept[:] = [(_without_id(n), n['Id']) for t in CONFIGURATION_TYPES for n in found.get(t, []) if n.get('Id')]
    return found

  def put_bucket_notification_configuration(self, **arguments):
    for t in CONFIGURATION_TYPES:
      for n in arguments['NotificationConfiguration'].get(t, []):
        if not n.get('Id'):
          n['Id'] = next((id for bare, id in _kept if bare == _without_id(n)), '')
          if n['Id'] == '':
            del n['Id']
    return self._unless_gone(_s3.put_bucket_notification_configuration, {}, **arguments)

s3, _handler = _Careful(), handler

def handler(event, context):
  global _event
  _event, _kept[:] = event, []
  _handler(event, context)
`;

/** What `AROUND` stands on. */
const STANDS_ON = [
  's3 = boto3.client("s3")',
  'import json',
  'CONFIGURATION_TYPES = ',
  'def handler(event',
  'def sort_filter_rules(',
  's3.get_bucket_notification_configuration(',
  's3.put_bucket_notification_configuration(',
];

/** Sets right what CDK's function in `stack` does, if the stack has one, and gives it a log that goes with the stack. */
export function mendNotificationsHandler(stack: Stack): void {
  const handler = stack.node.children.find(({ node }) => node.id.startsWith('BucketNotificationsHandler'));
  const resource = handler?.node.tryFindChild('Resource');
  if (!handler || !CfnResource.isCfnResource(resource) || handler.node.tryFindChild('Logs')) return;
  acknowledge(handler, {
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]':
      'Written by CDK, which takes no other policy: it lets this function, which runs during deployments only, write its own log and nothing else',
  });
  const logs = new LogGroup(handler, 'Logs', {
    retention: RetentionDays.THREE_MONTHS,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  resource.addPropertyOverride('LoggingConfig', { LogGroup: logs.logGroupName });
  const code = textOf(memberOf(renderedProperties(resource), 'Code', 'ZipFile')) ?? '';
  // Another version of CDK may have written it otherwise; then it stays as it is.
  if (STANDS_ON.every((text) => code.includes(text)))
    resource.addPropertyOverride('Code.ZipFile', `${code}\n${AROUND}`);
}
