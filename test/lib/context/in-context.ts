import { Stack } from 'aws-cdk-lib';
import { refuse } from '../../../lib/configuration-error';
import { propsFromContext } from '../../../lib/context';
import type { EsConfigMonitorProps } from '../../../lib/es-config-monitor-props';
import { appWith, problemsOf } from '../stack-in';

export type Context = Readonly<Record<string, unknown>>;

/** The props in a context. @throws ConfigurationError for what the context itself has wrong */
export function propsWith(context: Context): EsConfigMonitorProps {
  return propsFromContext(new Stack(appWith(context), 'Stack'), refuse);
}

/** What synthesis with this context refuses. */
export function problemsWith(context: Context): readonly string[] {
  return problemsOf(propsFromContext, appWith(context));
}
