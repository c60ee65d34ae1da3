import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { METRIC_NAMESPACE } from '../environment';
import type { ChainNews } from '../../core/digest';
import type { CheckReport } from './check';

/** There may be thousands, and the message that was sent names them. */
const countsOf = ({ silent, again }: ChainNews): object => ({
  accountsSilent: silent.length,
  accountsAgain: again.length,
});

/** What tells of each check in one line and one set of metrics, both under the name of `service`. */
export function reporterOf(service: string): (told: CheckReport) => void {
  const logger = new Logger({ serviceName: service });
  const metrics = new Metrics({ namespace: METRIC_NAMESPACE, serviceName: service });
  return (told) => {
    if (told.outcome === 'waited') {
      logger.info('state not checked: the stack is changing', { stackStatus: told.stackStatus });
      // It is created once. Whoever kept a stack changing would keep the alarm on the check ringing.
      if (told.stackStatus === 'CREATE_IN_PROGRESS') metrics.addMetric('StateChecked', MetricUnit.Count, 1);
    } else {
      const { looked, deviations, news, chains } = told;
      const line = {
        looked,
        deviations: deviations.map(({ id, sentence }) => ({ id, sentence })),
        told: { ...news, ...(chains && { chains: countsOf(chains) }) },
      };
      if (deviations.length > 0) logger.warn('state deviates', line);
      else logger.info('state checked', line);
      metrics.addMetric('StateChecked', MetricUnit.Count, 1);
      if (deviations.length > 0) metrics.addMetric('StateDeviations', MetricUnit.Count, deviations.length);
    }
    metrics.publishStoredMetrics();
  };
}
