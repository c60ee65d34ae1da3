import { toPublishInput } from '../../core/alert';
import { readArn } from '../../core/base/arn';
import { textOfError } from '../../core/base/error-text';
import { plain } from '../../core/base/plain-text';
import { ALERT_SEVERITIES, type AlertSeverity } from '../../core/base/severity';
import { command } from '../command';
import { UsageError } from '../console';
import type { Text } from '../options';
import { quoted } from '../quoted';
import { sdk } from '../sources/sdk';
import { testAlert } from '../render/test-alert';

/** Publishes to one topic, in the topic's region. */
export type PublishTo = (topicArn: string, input: ReturnType<typeof toPublishInput>) => Promise<void>;

const publishWithSns: PublishTo = async (topicArn, input) => {
  const { PublishCommand, SNSClient } = await sdk(
    '@aws-sdk/client-sns',
    'send-test-alert',
    () => import('@aws-sdk/client-sns'),
  );
  const region = readArn(topicArn)?.region;
  const client = new SNSClient({ ...(region && { region }) });
  try {
    await client.send(new PublishCommand({ ...input, TopicArn: topicArn }));
  } finally {
    client.destroy();
  }
};

/** `send-test-alert`: one test alert to each topic; a topic that fails keeps no other from being tried. */
export const sendTestAlertWith = (publish: PublishTo) =>
  command({
    name: 'send-test-alert',
    summary: 'Publishes a clearly marked test alert to the alert topics given, one per severity.',
    description:
      "Credentials are those of the AWS SDK's default chain. The deployed stack's output SendTestAlertCommand is this command with its own topics.",
    options: {
      critical: topicOf('CRITICAL'),
      high: topicOf('HIGH'),
      medium: topicOf('MEDIUM'),
      low: topicOf('LOW'),
    },
    examples: [
      { args: '--critical arn:aws:sns:eu-west-1:111122223333:critical', gives: 'one test alert, to whoever is paged' },
      {
        args: '--medium arn:aws:sns:eu-west-1:111122223333:medium --low arn:aws:sns:eu-west-1:111122223333:low',
        gives: 'one to each of two topics',
      },
    ],
    exitCodes: { 0: 'every topic took its alert', 2: 'a topic did not' },

    async run({ options }, console) {
      let failed = false;
      for (const { severity, arn, region, accountId } of topicsIn(options)) {
        try {
          await publish(arn, toPublishInput(testAlert(severity, { region, accountId, now: new Date() })));
          console.out(`${severity}: sent to ${plain(arn, 300)}\n`);
        } catch (error) {
          failed = true;
          console.err(`${severity}: not sent to ${plain(arn, 300)}: ${plain(textOfError(error), 1000)}\n`);
        }
      }
      return failed ? 2 : 0;
    },
  });

export const sendTestAlertCommand = sendTestAlertWith(publishWithSns);

type OptionName = Lowercase<AlertSeverity>;

const optionOf = (severity: AlertSeverity): OptionName => severity.toLowerCase() as OptionName;

function topicOf(severity: AlertSeverity) {
  return { type: 'text', value: 'ARN', description: `the topic of ${severity} alerts` } as const satisfies Text;
}

interface TestedTopic {
  readonly severity: AlertSeverity;
  readonly arn: string;
  readonly region: string;
  readonly accountId: string;
}

/** @throws UsageError for texts that are no ARN of a topic, and no topic at all */
function topicsIn(given: Readonly<Record<OptionName, string | undefined>>): readonly TestedTopic[] {
  const severities = ALERT_SEVERITIES.toReversed();
  const topics = severities.flatMap((severity): readonly TestedTopic[] => {
    const arn = given[optionOf(severity)];
    if (arn === undefined) return [];
    const parts = readArn(arn);
    if (parts?.service !== 'sns') {
      throw new UsageError(`--${optionOf(severity)} is ${quoted(arn)}; allowed: the ARN of an SNS topic`);
    }
    return [{ severity, arn, region: parts.region, accountId: parts.accountId }];
  });
  if (topics.length > 0) return topics;
  throw new UsageError(
    `no topic given; allowed: ${severities.map((severity) => `--${optionOf(severity)}`).join(', ')}`,
  );
}
