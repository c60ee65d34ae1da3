import { isAmong, watchedNamesIn } from '../../../core/base/resource-name';

const HERE = { eventSource: 'sqs.amazonaws.com', accountId: '111122223333', region: 'eu-west-1' };

describe('a watched name', () => {
  test.each([
    ['the name itself', 'logs'],
    ['its ARN', 'arn:aws:lambda:eu-west-1:111122223333:function:logs'],
    ['its ARN with an alias', 'arn:aws:lambda:eu-west-1:111122223333:function:logs:live'],
    ['half of its ARN', '111122223333:function:logs'],
    ['its address', 'https://sqs.eu-west-1.amazonaws.com/111122223333/logs'],
    ['a role under a path', 'arn:aws:iam::111122223333:role/service-role/logs'],
    ['a rule of a bus', 'arn:aws:events:eu-west-1:111122223333:rule/bus/logs'],
    ['a subscription of the topic', 'arn:aws:sns:eu-west-1:111122223333:logs:0f0f0f0f-0000-4000-8000-000000000001'],
    ['a stack by its id', 'arn:aws:cloudformation:eu-west-1:111122223333:stack/logs/1'],
  ])('is found in %s', (_, text) => {
    expect(isAmong(['logs'], text, HERE)).toBe(true);
  });

  test.each([
    ['a longer one', 'logs2', 'logs'],
    ['one it is the end of', 'my-logs', 'logs'],
    ['a part of an ARN that is no name', 'arn:aws:cloudformation:eu-west-1:111122223333:stack/other/1', 'stack'],
    ['the service of an ARN', 'arn:aws:sns:eu-west-1:111122223333:other', 'sns'],
    ['a part of an address that is no name', 'https://sqs.eu-west-1.amazonaws.com/111122223333/other', '111122223333'],
  ])('is not found in %s', (_, text, name) => {
    expect(isAmong([name], text, HERE)).toBe(false);
  });
});

test('a watched ARN holds in its account and region alone', () => {
  const arn = 'arn:aws:sqs:eu-west-1:111122223333:logs';
  expect(isAmong([arn], 'logs', HERE)).toBe(true);
  expect(isAmong([arn], 'logs', { ...HERE, region: 'us-east-1' })).toBe(false);
  expect(isAmong([arn], 'logs', { ...HERE, accountId: '777788889999' })).toBe(false);
});

describe('a watched ARN with wildcards', () => {
  const alarms = 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:Logs-*';

  test.each([
    ['a name in a call of its service', 'Logs-Alarm', 'monitoring.amazonaws.com', true],
    [
      'an ARN in a call of another',
      'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:Logs-Alarm',
      's3.amazonaws.com',
      true,
    ],
    ['a name in a call of another service', 'Logs-Topic', 'sns.amazonaws.com', false],
    ['an ARN of another service', 'arn:aws:sns:eu-west-1:111122223333:Logs-Topic', 'monitoring.amazonaws.com', false],
  ])('holds of what is of its service: %s', (_, text, eventSource, holds) => {
    expect(isAmong([alarms], text, { ...HERE, eventSource })).toBe(holds);
  });
});

test('names are read as a stack tells them: with spaces between them, and several in one', () => {
  expect(watchedNamesIn(' logs  arn:aws:cloudwatch:eu-west-1:111122223333:alarm:Logs-{A,B}-* ')).toEqual([
    'logs',
    'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:Logs-A-*',
    'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:Logs-B-*',
  ]);
  expect(watchedNamesIn('')).toEqual([]);
});

test('what is watched is read once, however many texts are compared with it', () => {
  let reads = 0;
  const names = new Proxy(['logs', 'arn:aws:lambda:*:*:function:monitor-*'], {
    get: (list, member: string) => {
      if (member === '0') reads += 1;
      return Reflect.get(list, member) as unknown;
    },
  });
  expect(['logs', 'metrics', 'traces'].map((text) => isAmong(names, text, HERE))).toEqual([true, false, false]);
  expect(reads).toBe(1);
});
