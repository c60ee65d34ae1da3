import { keyOf, stateOf, type Datapoint } from '../../local/alarm-state';
import { evaluateExpression } from '../../local/expression';
import { embeddedMetricsIn } from '../../local/readings';

const NOW = 1_000_000;
const METRIC = { Namespace: 'N', MetricName: 'M', Dimensions: [{ Name: 'service', Value: 's' }], Statistic: 'Sum' };
const ON_MANY = {
  ...METRIC,
  Period: 10,
  EvaluationPeriods: 1,
  Threshold: 2,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  TreatMissingData: 'notBreaching',
};
const ON_SILENCE = {
  ...ON_MANY,
  EvaluationPeriods: 3,
  Threshold: 1,
  ComparisonOperator: 'LessThanThreshold',
  TreatMissingData: 'breaching',
};

/** The state of an alarm where its metric had one for each of these seconds before now. */
function stateAfter(alarm: object, secondsAgo: readonly number[], lapse = 1): string {
  const datapoints: Datapoint[] = secondsAgo.map((seconds) => ({ at: NOW - seconds * 1000, value: 1 }));
  return stateOf(alarm, new Map([[keyOf('N', 'M', { service: 's' }), datapoints]]), NOW, lapse);
}

test.each([
  ['as many as its threshold', ON_MANY, [1, 2], 'ALARM'],
  ['fewer', ON_MANY, [1], 'OK'],
  ['as many, but longer ago', ON_MANY, [1, 11], 'OK'],
  ['none, which it takes for fine', ON_MANY, [], 'OK'],
  ['none, where silence is what it is about', ON_SILENCE, [], 'ALARM'],
  ['one, in any of its periods', ON_SILENCE, [25], 'OK'],
  ['one, before all of them', ON_SILENCE, [31], 'ALARM'],
] as const)('an alarm of %s', (_, alarm, seconds, state) => expect(stateAfter(alarm, seconds)).toBe(state));

test('time may pass faster', () => expect(stateAfter(ON_MANY, [0.05, 1.5], 10)).toBe('OK'));

test('an alarm on an expression is evaluated on it', () => {
  const { MetricName, Namespace, Dimensions, ...others } = ON_MANY;
  const Metric = { MetricName, Namespace, Dimensions };
  const alarm = {
    ...others,
    Metrics: [
      { Id: 'e', Expression: 'ABS(FILL(m0, 0) - 3)' },
      { Id: 'm0', MetricStat: { Metric, Period: 10, Stat: 'Sum' }, ReturnData: false },
    ],
  };
  expect([stateAfter(alarm, [1, 2]), stateAfter(alarm, [1]), stateAfter(alarm, [])]).toEqual(['OK', 'ALARM', 'ALARM']);
});

test.each([
  ['1 + 2 - 4', -1],
  ['ABS(m - 5) + FILL(none, 7)', 9],
  ['ABS(none)', undefined],
  ['(m - 1) - (1 - m)', 4],
] as const)('%s is %s', (expression, value) => {
  const values = new Map([
    ['m', 3],
    ['none', undefined],
  ]);
  expect(evaluateExpression(expression, values)).toBe(value);
});

test.each(['m * 2', 'SUM(m)', 'unknown', '(1', '1 2', ''])('%j is refused', (expression) => {
  expect(() => evaluateExpression(expression, new Map([['m', 1]]))).toThrow(/^the local run cannot compute/);
});

test('metrics are read as a function writes them', () => {
  const line = {
    _aws: {
      Timestamp: NOW,
      CloudWatchMetrics: [{ Namespace: 'N', Dimensions: [['service']], Metrics: [{ Name: 'M', Unit: 'Count' }] }],
    },
    service: 's',
    M: [1, 1],
  };
  const log = `START\n${JSON.stringify(line)}\n{"level":"INFO"}\n${JSON.stringify({ ...line, service: 'other' })}`;
  expect(embeddedMetricsIn(log).get(keyOf('N', 'M', { service: 's' }))).toEqual([
    { at: NOW, value: 1 },
    { at: NOW, value: 1 },
  ]);
});
