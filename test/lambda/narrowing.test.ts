import { FREQUENT_CALLS } from '../../core/base/watched-calls';
import { narrowingTo } from '../../lambda/narrowing';

const stack = (name: string): string =>
  `arn:aws:cloudformation:eu-west-1:111122223333:stack/${name}/11111111-2222-4333-8444-555555555555`;
const topic = (name: string): string => `arn:aws:sns:eu-west-1:111122223333:${name}`;

test('calls that are made all day are read where they hold the beginning of the name of the stack', () => {
  expect(narrowingTo([stack('EsConfigMonitor')])).toEqual({ calls: FREQUENT_CALLS, holding: ['EsConfigMonitor'] });
  expect(narrowingTo([stack('monitoring-of-search-domains')])?.holding).toEqual(['monitoring-of-se']);
});

test('and where they hold a name that begins otherwise, which is told by its ARN', () => {
  expect(narrowingTo([stack('EsConfigMonitor'), topic('org-trail'), topic('EsConfigMonitor-Low')])?.holding).toEqual([
    'EsConfigMonitor',
    'org-trail',
  ]);
});

test('and the bucket, or a table whose name somebody chose', () => {
  expect(narrowingTo([stack('EsConfigMonitor'), 'my.trail.bucket', 'alerts-of-domains'])?.holding).toEqual([
    'EsConfigMonitor',
    'my.trail.bucket',
    'alerts-of-domains',
  ]);
});

test('names of what is read anyway, and beginnings that CloudFormation makes, are no texts to look for', () => {
  const watched = [
    stack('EsConfigMonitor'),
    '0aaaaaaa-1111-4222-8333-444444444444',
    'mrk-0aaaaaaa111142228333444444444444',
    'arn:aws:cloudtrail:eu-west-1:111122223333:trail/org-trail',
    'arn:aws:events:eu-west-1:111122223333:rule/*-Rule*',
  ];
  expect(narrowingTo(watched)?.holding).toEqual(['EsConfigMonitor']);
});

test('nothing is left out where a text could be missed, stands everywhere, or no stack is known', () => {
  expect(narrowingTo([])).toBeUndefined();
  expect(narrowingTo(['EsConfigMonitor'])).toBeUndefined();
  expect(narrowingTo([stack('logs')])).toBeUndefined();
  expect(narrowingTo([stack('EsConfigMonitor'), topic('logs')])).toBeUndefined();
  expect(narrowingTo([stack('EsConfigMonitor'), 'arn:aws:iam::111122223333:role/a@b+c'])).toBeUndefined();
});
