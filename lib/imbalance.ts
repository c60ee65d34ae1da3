import type { Duration } from 'aws-cdk-lib';
import { MathExpression, type Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Equation, MetricName } from '../core/base/accounting';

/**
 * By how much the equations do not hold, all together: 0 where they do.
 * @param equations with ten metrics at most, which is what an alarm can have
 * @param metric what the function counts
 */
export function imbalance(
  equations: readonly Equation[],
  metric: (name: MetricName) => Metric,
  period: Duration,
): MathExpression {
  const names = [...new Set(equations.flatMap(({ whole, parts }) => [whole, ...parts]))];
  // What the function counts none of is not reported at all.
  const valueOf = (name: MetricName): string => `FILL(m${names.indexOf(name)}, 0)`;
  const differences = equations.map(({ whole, parts }) => `ABS(${[whole, ...parts].map(valueOf).join(' - ')})`);
  return new MathExpression({
    expression: differences.join(' + '),
    usingMetrics: Object.fromEntries(names.map((name, at) => [`m${at}`, metric(name)])),
    label: `${equations.map(({ whole }) => whole).join(', ')}: unaccounted for`,
    period,
  });
}
