import { DEFAULT_SERVICE, toVariables } from '../lambda/environment';
import { ALERT_SEVERITIES, type AlertSeverity } from '../core/base/severity';

/** The variables the function is started with, and S3 at `endpoint` in place of AWS. */
export function functionEnvironment(endpoint = 'http://127.0.0.1:9'): NodeJS.ProcessEnv {
  const topicArns = Object.fromEntries(
    ALERT_SEVERITIES.map((severity) => [severity, `arn:aws:sns:eu-west-1:123456789012:${severity}`]),
  ) as Record<AlertSeverity, string>;
  return {
    ...process.env,
    ...toVariables({ topicArns, tableName: 'alerts', settingsText: '{}', service: DEFAULT_SERVICE }),
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    NODE_OPTIONS: '',
  };
}
