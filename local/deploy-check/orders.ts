import type { Settings } from '../../core/settings';
import type { Order } from './app';
import { ACCOUNT } from './emulator';
import { NAMES, queueArn, TOPIC_ARN } from './surroundings';

/** Hides what a scenario does. */
const SCRATCH = { domain: 'scratch', reason: 'a playground', expires: '2999-12-31' } as const;
export const HIDES_SCRATCH: Settings = { suppressions: [SCRATCH] };

/** As many as people have asked about, and that one. */
const MANY: Settings = {
  trustedAccounts: Array.from({ length: 3000 }, (_, index) => String(100_000_000_000 + index)),
  suppressions: [
    ...Array.from({ length: 299 }, (_, index) => ({
      rule: 'public-endpoint-created',
      account: String(100_000_000_000 + index),
      reason: `sandbox ${index}, which is "rebuilt" every night`,
      expires: '2999-12-31',
    })),
    SCRATCH,
  ],
};

const onBucket = { stackName: 'EsConfigMonitor', subscriber: queueArn('on-a-bucket'), bucket: NAMES.bucket };

/** What is deployed, by a name for each version of a stack; `folder` is where it is synthesized. */
export const ORDERS = {
  bucket: { ...onBucket, settings: {} },
  settings: { ...onBucket, settings: MANY, logFilePrefix: `AWSLogs/${ACCOUNT}/` },
  eventbridge: { ...onBucket, settings: MANY, notifications: 'eventbridge' },
  topic: {
    stackName: 'OnTopic',
    subscriber: queueArn('on-a-topic'),
    settings: {},
    bucket: NAMES.told,
    notifications: TOPIC_ARN,
  },
  trail: { stackName: 'OnTrail', subscriber: queueArn('on-a-trail'), settings: {} },
  gone: { stackName: 'Gone', subscriber: queueArn('on-a-bucket-that-goes'), settings: {}, bucket: NAMES.gone },
  upgraded: {
    stackName: 'FromVersion01',
    subscriber: queueArn('on-a-bucket-of-version-01'),
    settings: {},
    bucket: NAMES.old,
  },
} as const satisfies Record<string, Omit<Order, 'folder'>>;

export type OrderName = keyof typeof ORDERS;
