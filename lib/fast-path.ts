import { Aws, Names, Stack } from 'aws-cdk-lib';
import { CfnEventBusPolicy, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import { EVENT_SOURCES } from '../core/base/event-source';
import { RECORD_DETAIL_TYPE, RECORD_EVENT_SOURCES } from '../core/notification';
import type { LogFileQueue } from './log-file-queue';

/** Records that come in seconds, ahead of their log files. */
export interface FastPathProps {
  /**
   * Whether an EventBridge rule puts the record of each call into the queue as it is made, so that it is told within seconds and not
   * with its log file, minutes later. The log file is read all the same: it says what EventBridge left out, and nothing twice. For
   * the stack's account and region, as long as a trail records them there; others forward to the default event bus.
   * @default false
   */
  readonly fastPath?: boolean;
  /**
   * Whose rules may forward events to the default event bus of the stack: ids of accounts, and of organizations (`o-…`), 30 at
   * most. Only with `fastPath`.
   * @default - nobody but the stack's own account, whose other regions need no more than a role of their own
   */
  readonly fastPathFrom?: readonly string[];
}

/** One for each id, of some 300 characters. */
const MOST_STATEMENTS = 30;

/** What is wrong with `fastPathFrom`, in the operator's words. */
export function fastPathProblems({ fastPath, fastPathFrom }: FastPathProps): string[] {
  if (fastPathFrom === undefined) return [];
  return [
    ...(fastPath === true ? [] : ["'fastPathFrom' can only be set together with 'fastPath'"]),
    ...fastPathFrom
      .filter((id) => !isAccount(id) && !/^o-[a-z0-9]{10,32}$/.test(id))
      .map((id) => `'fastPathFrom' must hold ids of accounts, 12 digits, or of organizations, o-…, got '${id}'`),
    ...[...new Set(fastPathFrom.filter((id, at) => fastPathFrom.indexOf(id) !== at))].map(
      (id) => `'fastPathFrom' has '${id}' more than once`,
    ),
    ...(fastPathFrom.length > MOST_STATEMENTS
      ? [
          `'fastPathFrom' has ${fastPathFrom.length} ids, allowed: ${MOST_STATEMENTS}, as the policy of an event bus has 10,240 characters at most; give the id of their organization`,
        ]
      : []),
  ];
}

const isAccount = (id: string): boolean => /^\d{12}$/.test(id);

/** Puts records into the queue that log files are announced in, as they come. */
export function createFastPath(scope: Construct, queues: LogFileQueue, { fastPathFrom = [] }: FastPathProps): void {
  new Rule(scope, 'FastPathRule', {
    description: 'Hands es-config-monitor the record of each configuration call, ahead of its log file',
    eventPattern: {
      source: [...RECORD_EVENT_SOURCES],
      detailType: [RECORD_DETAIL_TYPE],
      detail: { eventSource: [...EVENT_SOURCES] },
    },
    targets: [new SqsQueue(queues.queue, { deadLetterQueue: queues.deadLetterQueue })],
  });
  for (const id of fastPathFrom) {
    new CfnEventBusPolicy(scope, `FastPathFrom${id}`, {
      // The bus has one policy, which other stacks write into as well.
      statementId: `${Names.uniqueResourceName(scope, { maxLength: 20 })}-${id}`,
      statement: {
        Effect: 'Allow',
        Principal: isAccount(id) ? { AWS: `arn:${Aws.PARTITION}:iam::${id}:root` } : '*',
        Action: 'events:PutEvents',
        Resource: Stack.of(scope).formatArn({ service: 'events', resource: 'event-bus/default' }),
        Condition: {
          // Nobody can put events of these sources but AWS: what comes is what a rule forwards.
          StringEquals: {
            'events:source': [...RECORD_EVENT_SOURCES],
            ...(!isAccount(id) && { 'aws:PrincipalOrgID': id }),
          },
        },
      },
    });
  }
}
