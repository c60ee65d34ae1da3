import { listOf, memberOf, numberOf, textOf } from '../core/base/members';
import { evaluateExpression } from './expression';

/** Something that was counted or measured. */
export interface Datapoint {
  /** In milliseconds since 1970. */
  readonly at: number;
  readonly value: number;
}

/** The datapoints of a metric, by `keyOf`. */
export type Readings = ReadonlyMap<string, readonly Datapoint[]>;

/** One text for a metric and its dimensions. */
export function keyOf(namespace: unknown, name: unknown, dimensions: Readonly<Record<string, unknown>>): string {
  const sorted = Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([namespace, name, sorted]);
}

/**
 * The state of an alarm, as CloudWatch decides it: over the last periods up to `now`, with what it says of missing data.
 * @param definition the properties of the alarm in the template, resolved
 * @param lapse how many times as fast time passes: a period of 300 seconds is one of 300 / `lapse`
 * @throws Error for what the local run cannot evaluate
 */
export function stateOf(definition: unknown, readings: Readings, now: number, lapse: number): 'ALARM' | 'OK' {
  const evaluated = numberOf(memberOf(definition, 'EvaluationPeriods')) ?? 1;
  const needed = numberOf(memberOf(definition, 'DatapointsToAlarm')) ?? evaluated;
  const period = (periodOf(definition) * 1000) / lapse;
  const breaches = Array.from({ length: evaluated }, (_, index) => {
    const end = now - index * period;
    return isBreach(definition, valueIn(definition, readings, end - period, end));
  });
  return breaches.filter(Boolean).length >= needed ? 'ALARM' : 'OK';
}

/** In seconds. */
export function periodOf(definition: unknown): number {
  const queries = listOf(memberOf(definition, 'Metrics'));
  const periods = [definition, ...queries, ...queries.map((query) => memberOf(query, 'MetricStat'))].map((one) =>
    numberOf(memberOf(one, 'Period')),
  );
  return Math.max(...periods.map((one) => one ?? 0));
}

function isBreach(definition: unknown, value: number | undefined): boolean {
  const missing = textOf(memberOf(definition, 'TreatMissingData'));
  if (value === undefined) {
    if (missing === 'breaching' || missing === 'notBreaching') return missing === 'breaching';
    throw new Error(`the local run knows breaching and notBreaching as TreatMissingData, got ${missing}`);
  }
  const threshold = numberOf(memberOf(definition, 'Threshold')) ?? NaN;
  const comparison = textOf(memberOf(definition, 'ComparisonOperator'));
  if (comparison === 'GreaterThanOrEqualToThreshold') return value >= threshold;
  if (comparison === 'GreaterThanThreshold') return value > threshold;
  if (comparison === 'LessThanThreshold') return value < threshold;
  throw new Error(`the local run knows no ComparisonOperator ${comparison}`);
}

function valueIn(definition: unknown, readings: Readings, from: number, to: number): number | undefined {
  const queries = listOf(memberOf(definition, 'Metrics'));
  if (queries.length === 0) return statisticOf(definition, memberOf(definition, 'Statistic'), readings, from, to);
  const values = new Map<string, number | undefined>();
  for (const query of queries) {
    const stat = memberOf(query, 'MetricStat');
    const id = String(memberOf(query, 'Id'));
    if (stat !== undefined) {
      values.set(id, statisticOf(memberOf(stat, 'Metric'), memberOf(stat, 'Stat'), readings, from, to));
    }
  }
  const [expression] = queries.flatMap((query) => textOf(memberOf(query, 'Expression')) ?? []);
  return evaluateExpression(expression ?? '', values);
}

function statisticOf(
  metric: unknown,
  statistic: unknown,
  readings: Readings,
  from: number,
  to: number,
): number | undefined {
  const dimensions = Object.fromEntries(
    listOf(memberOf(metric, 'Dimensions')).map((one) => [String(memberOf(one, 'Name')), memberOf(one, 'Value')]),
  );
  const key = keyOf(memberOf(metric, 'Namespace'), memberOf(metric, 'MetricName'), dimensions);
  const values = (readings.get(key) ?? []).filter(({ at }) => at >= from && at < to).map(({ value }) => value);
  if (values.length === 0) return undefined;
  if (statistic === 'Sum') return values.reduce((sum, value) => sum + value, 0);
  if (statistic === 'Maximum') return Math.max(...values);
  throw new Error(`the local run knows no statistic ${String(statistic)}`);
}
