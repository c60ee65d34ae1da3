import { sendTestAlertWith, type PublishTo } from '../../../cli/commands/send-test-alert';
import { UsageError } from '../../../cli/console';
import { runCommand } from '../../../cli/program';
import { toldBy } from '../../support/console';

const topic = (name: string): string => `arn:aws:sns:eu-west-1:111122223333:${name}`;

async function run(args: readonly string[], publish: (topicArn: string) => Promise<void> = async () => {}) {
  const published: Parameters<PublishTo>[] = [];
  const command = sendTestAlertWith(async (topicArn, input) => {
    published.push([topicArn, input]);
    await publish(topicArn);
  });
  return { published, ...(await toldBy((console) => runCommand(command, args, console, 'send-test-alert'))) };
}

test('one alert goes to each topic given, the worst severity first, and each says that it is a test', async () => {
  const { published, code, out, err } = await run(['--low', topic('low'), `--critical=${topic('critical')}`]);
  expect(published.map(([arn]) => arn)).toEqual([topic('critical'), topic('low')]);
  expect(published.map(([, { Subject }]) => Subject)).toEqual([
    expect.stringContaining('CRITICAL'),
    expect.stringContaining('LOW'),
  ]);
  for (const [, { Message }] of published) expect(Message).toContain('TEST, nothing happened');
  expect({ code, out, err }).toEqual({
    code: 0,
    out: `CRITICAL: sent to ${topic('critical')}\nLOW: sent to ${topic('low')}\n`,
    err: '',
  });
});

test('a topic that fails keeps no other from being tried, and is told', async () => {
  const { code, out, err } = await run(['--high', topic('gone'), '--low', topic('low')], async (arn) => {
    if (arn === topic('gone')) throw new Error('Topic does not exist\n\u001b[2K');
  });
  expect(out).toBe(`LOW: sent to ${topic('low')}\n`);
  expect(err).toBe(`HIGH: not sent to ${topic('gone')}: Topic does not exist [2K\n`);
  expect(code).toBe(2);
});

describe('what the operator gets wrong', () => {
  test.each<[readonly string[], string]>([
    [[], 'no topic given; allowed: --critical, --high, --medium, --low'],
    [['--high', 'my-topic'], '--high is "my-topic"; allowed: the ARN of an SNS topic'],
    [['--high', 'arn:aws:sqs:eu-west-1:111122223333:q'], 'allowed: the ARN of an SNS topic'],
    [['--hihg', topic('high')], 'unknown option "--hihg"'],
    [['--hihg', topic('high')], 'did you mean --high?'],
    [['--high', topic('a'), '--high', topic('b')], '--high is given more than once'],
    [[topic('high')], 'allowed: options only'],
  ])('%j is told, and nothing is sent', async (args, message) => {
    const published: string[] = [];
    const running = run(args, async (arn) => void published.push(arn));
    await expect(running).rejects.toThrow(UsageError);
    await expect(running).rejects.toThrow(message);
    expect(published).toEqual([]);
  });

  test('in one topic keeps the others from being told, too', async () => {
    const published: string[] = [];
    const args = ['--critical', topic('critical'), '--high', 'my-topic'];
    await expect(run(args, async (arn) => void published.push(arn))).rejects.toThrow(UsageError);
    expect(published).toEqual([]);
  });
});
