// A pager: alerts from HIGH on open an incident in PagerDuty, over a rule on the monitor's event bus and an API destination. The
// severity is that of the rule, as an input transformer cannot translate a value. The routing key is a secret, which the connection
// adds to the body.
import { App, Duration, SecretValue, Stack } from 'aws-cdk-lib';
import {
  ApiDestination,
  Authorization,
  Connection,
  EventField,
  HttpMethod,
  HttpParameter,
  Rule,
  RuleTargetInput,
} from 'aws-cdk-lib/aws-events';
import { ApiDestination as ApiDestinationTarget } from 'aws-cdk-lib/aws-events-targets';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { EsConfigMonitor } from '../lib';

/** How bad, in PagerDuty's words, by OCSF's. */
const SEVERITIES = { Critical: 'critical', High: 'error' } as const;

class Paging extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const monitor = new EsConfigMonitor(this, 'EsConfigMonitor', {
      trailBucket: Bucket.fromBucketName(this, 'Trail', 'my-trail-bucket'),
      eventBus: true,
    });
    const routingKey = SecretValue.secretsManager('pagerduty', { jsonField: 'routingKey' });
    const destination = new ApiDestination(this, 'PagerDuty', {
      endpoint: 'https://events.pagerduty.com/v2/enqueue',
      httpMethod: HttpMethod.POST,
      connection: new Connection(this, 'PagerDutyConnection', {
        // PagerDuty looks at the body alone; a connection has to have some authorization.
        authorization: Authorization.apiKey('X-Routing-Key', routingKey),
        bodyParameters: { routing_key: HttpParameter.fromSecret(routingKey) },
      }),
    });
    const notPaged = new Queue(this, 'NotPaged', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const field = (path: string): string => EventField.fromPath(`$.detail.${path}`);
    for (const [severity, inPagerDuty] of Object.entries(SEVERITIES)) {
      new Rule(this, `Page${severity}`, {
        ...(monitor.eventBus && { eventBus: monitor.eventBus }),
        eventPattern: {
          source: ['es-config-monitor'],
          detailType: ['Alert'],
          detail: { severity: [severity] },
        },
        targets: [
          new ApiDestinationTarget(destination, {
            deadLetterQueue: notPaged,
            event: RuleTargetInput.fromObject({
              event_action: 'trigger',
              dedup_key: field('finding_info.uid'),
              payload: {
                summary: `${severity}: ${field('finding_info.title')} in account ${field('cloud.account.uid')}, ${field('cloud.region')}`,
                source: `${field('cloud.account.uid')}/${field('cloud.region')}`,
                severity: inPagerDuty,
                class: field('finding_info.analytic.uid'),
                custom_details: { message: field('message'), what_to_do: field('remediation.desc') },
              },
              client: 'es-config-monitor',
            }),
          }),
        ],
      });
    }
  }
}

new Paging(new App(), 'Paging');
