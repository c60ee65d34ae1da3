import { App } from 'aws-cdk-lib';
import { ConfigurationError } from '../lib/configuration-error';
import { propsFromContext } from '../lib/context';
import { EsConfigMonitorStack } from '../lib/es-config-monitor-stack';

try {
  new EsConfigMonitorStack(new App(), 'EsConfigMonitor', propsFromContext);
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(error.message);
  process.exit(1);
}
