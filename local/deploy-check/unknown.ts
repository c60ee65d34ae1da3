import { memberOf } from '../../core/base/members';
import type { Resource, Template } from '../template';

/** What the emulator does not know, and why a template does without it there. */
const UNKNOWN: readonly { readonly what: string; readonly is: (resource: Resource) => boolean }[] = [
  { what: 'a trail', is: ({ Type }) => Type === 'AWS::CloudTrail::Trail' },
  {
    what: 'alarms on several metrics',
    is: ({ Type, Properties }) => Type === 'AWS::CloudWatch::Alarm' && memberOf(Properties, 'Metrics') !== undefined,
  },
];

/** `template` without what the emulator does not know, and the ids of that with what each is. */
export function withoutUnknown(template: Template): { readonly known: Template; readonly leftOut: readonly string[] } {
  const all = Object.entries(template.Resources);
  const unknown = (resource: Resource): string | undefined => UNKNOWN.find(({ is }) => is(resource))?.what;
  return {
    known: { ...template, Resources: Object.fromEntries(all.filter(([, resource]) => !unknown(resource))) },
    leftOut: all.flatMap(([id, resource]) => (unknown(resource) ? [`${unknown(resource)} (${id})`] : [])),
  };
}

/** What passes here and may not in AWS. */
export const NOT_SHOWN: readonly string[] = [
  'a dead-letter queue in another region than its topic, and notifications that overlap: the emulator takes both, S3 and SNS refuse them',
  'dead-letter queues of subscriptions: the emulator drops what it cannot deliver',
  'alarms: the emulator makes no metrics of what functions log',
  'the code of nodejs24.x on arm64: the Node.js of this machine runs it',
  'a layer below /opt: a reading below it is sent to where the emulator has unpacked the layer',
  'an update that leaves resources alone: the emulator touches all of them',
];
