import { isObject, listOf, memberOf, numberOf, textOf } from '../core/base/members';
import { keyOf, type Datapoint, type Readings } from './alarm-state';

/** The metrics in what a function wrote, in CloudWatch's embedded format. */
export function embeddedMetricsIn(log: string): Readings {
  const readings = new Map<string, Datapoint[]>();
  for (const line of log.split('\n')) {
    if (!line.includes('"_aws"')) continue;
    const written = JSON.parse(line) as unknown;
    const at = numberOf(memberOf(written, '_aws', 'Timestamp')) ?? NaN;
    for (const set of listOf(memberOf(written, '_aws', 'CloudWatchMetrics'))) {
      const names = listOf(listOf(memberOf(set, 'Dimensions'))[0]).map(String);
      const dimensions = Object.fromEntries(names.map((name) => [name, memberOf(written, name)]));
      for (const metric of listOf(memberOf(set, 'Metrics'))) {
        const name = textOf(memberOf(metric, 'Name')) ?? '';
        const key = keyOf(memberOf(set, 'Namespace'), name, dimensions);
        const values = listOf(memberOf(written, name)).map((value) => ({ at, value: Number(value) }));
        readings.set(key, [...(readings.get(key) ?? []), ...values]);
      }
    }
  }
  return readings;
}

/** All datapoints of several readings. */
export function together(...all: readonly Readings[]): Readings {
  const readings = new Map<string, readonly Datapoint[]>();
  for (const [key, datapoints] of all.flatMap((one) => [...one])) {
    readings.set(key, [...(readings.get(key) ?? []), ...datapoints]);
  }
  return readings;
}

/** Whether a line of a function's log is JSON with this message. */
export function linesWith(message: string, log: string): readonly Readonly<Record<string, unknown>>[] {
  return log.split('\n').flatMap((line) => {
    if (!line.includes(JSON.stringify(message))) return [];
    const written = JSON.parse(line) as unknown;
    return isObject(written) && written['message'] === message ? [written] : [];
  });
}
