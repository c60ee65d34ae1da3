import { parseArgs } from 'node:util';
import { readArn } from '../../core/base/arn';
import { toPublishInput } from '../../core/alert';
import { ALERT_SEVERITIES, type AlertSeverity } from '../../core/base/severity';
import { textOfError } from '../../core/base/error-text';
import { UsageError, type Console } from '../console';
import { testAlert } from '../render/test-alert';

export const SEND_TEST_ALERT_USAGE = `usage: npm run send-test-alert -- [--critical ARN] [--high ARN] [--medium ARN] [--low ARN]

Publishes a clearly marked test alert to the alert topics given, one per severity, with the
credentials of the AWS SDK's default chain. The deployed stack's output SendTestAlertCommand is
this command with its own topics.
`;

/** Publishes to one topic, in the topic's region. */
export type PublishTo = (topicArn: string, input: ReturnType<typeof toPublishInput>) => Promise<void>;

const publishWithSns: PublishTo = async (topicArn, input) => {
  const { PublishCommand, SNSClient } = await import('@aws-sdk/client-sns');
  const region = readArn(topicArn)?.region;
  const client = new SNSClient({ ...(region && { region }) });
  try {
    await client.send(new PublishCommand({ ...input, TopicArn: topicArn }));
  } finally {
    client.destroy();
  }
};

/**
 * `send-test-alert`: one test alert to each topic; a topic that fails keeps no other from being tried.
 * @returns the exit code: 0 when every topic took its alert
 */
export async function sendTestAlertCommand(
  args: readonly string[],
  console: Console,
  publish: PublishTo = publishWithSns,
): Promise<0 | 2> {
  if (args.includes('--help') || args.includes('-h')) {
    console.out(SEND_TEST_ALERT_USAGE);
    return 0;
  }
  let failed = false;
  for (const { severity, arn, region, accountId } of topicsIn(args)) {
    try {
      await publish(arn, toPublishInput(testAlert(severity, { region, accountId, now: new Date() })));
      console.out(`${severity}: sent to ${arn}\n`);
    } catch (error) {
      failed = true;
      console.err(`${severity}: not sent to ${arn}: ${textOfError(error)}\n`);
    }
  }
  return failed ? 2 : 0;
}

interface TestedTopic {
  readonly severity: AlertSeverity;
  readonly arn: string;
  readonly region: string;
  readonly accountId: string;
}

/** @throws UsageError for unknown options, texts that are no ARN of a topic, and no topic at all */
function topicsIn(args: readonly string[]): readonly TestedTopic[] {
  const values = parsed(args);
  const topics = ALERT_SEVERITIES.toReversed().flatMap((severity): readonly TestedTopic[] => {
    const option = severity.toLowerCase();
    const arn = values[option];
    if (typeof arn !== 'string') return [];
    const parts = readArn(arn);
    if (parts?.service !== 'sns') {
      throw new UsageError(`--${option} is ${JSON.stringify(arn)}; allowed: the ARN of an SNS topic`);
    }
    return [{ severity, arn, region: parts.region, accountId: parts.accountId }];
  });
  if (topics.length === 0) throw new UsageError(`no topic given\n\n${SEND_TEST_ALERT_USAGE.trimEnd()}`);
  return topics;
}

function parsed(args: readonly string[]): Readonly<Record<string, unknown>> {
  const options = Object.fromEntries(
    ALERT_SEVERITIES.map((severity) => [severity.toLowerCase(), { type: 'string' as const }]),
  );
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UsageError(`${textOfError(error)}\n\n${SEND_TEST_ALERT_USAGE.trimEnd()}`);
  }
}
