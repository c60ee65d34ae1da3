import { playRecords, type ToldByRecord } from '../../local/blinding-records-run';
import { startStack, type RunningStack } from '../../local/running-stack';
import { threatRows } from '../support/threat-model';

const ARCHIVE = 'arn:aws:sqs:us-east-1:000000000000:archive';

jest.setTimeout(180_000);

describe('each act that blinds, as records, on this machine', () => {
  let monitor: RunningStack;
  let told: readonly ToldByRecord[];

  beforeAll(async () => {
    monitor = await startStack({ subscribers: [{ protocol: 'sqs', endpoint: ARCHIVE }] });
    told = await playRecords(monitor, ARCHIVE);
  }, 180_000);

  afterAll(() => monitor.close());

  test('is told by the rules that docs/threat-model.md names', () => {
    const rows = new Map(threatRows('To blind it').map(([act = '', byRecord = '']) => [act, byRecord]));
    expect(told.length).toBeGreaterThan(40);
    expect(told.map(({ act, rules }) => [act, [...new Set(rules)].join(', ')])).toEqual(
      told.map(({ act }) => [
        act,
        rows
          .get(act)
          ?.replace(/, `StoppedRule`$/, '')
          .replace(/^where data events are recorded: /, '')
          .replaceAll('`', ''),
      ]),
    );
  });
});
