// Alerts with a link that sets an access policy back, once the security team has approved. What may change a domain is in a stack of
// its own, in the account and region of the domains; the monitor, which only reads, may be elsewhere.
import { App, Stack } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { EsConfigMonitorStack, EsConfigMonitorWayBack } from '../lib';

const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';
const DOMAINS = ['orders', 'logs'];

const app = new App();
const security = new EmailSubscription('security@example.com');

new EsConfigMonitorStack(app, 'EsConfigMonitor', {
  subscribers: [{ subscription: security, minimumSeverity: 'HIGH' }],
  wayBack: {
    document: 'EsConfigMonitor-WayBack',
    domains: DOMAINS.map((domain) => `arn:aws:es:${REGION}:${ACCOUNT}:domain/${domain}`),
  },
});

const stack = new Stack(app, 'WayBack', { env: { account: ACCOUNT, region: REGION } });
const wayBack = new EsConfigMonitorWayBack(stack, 'WayBack', {
  domains: DOMAINS,
  approvers: [`arn:aws:iam::${ACCOUNT}:role/security`],
  subscribers: [security],
});
wayBack.grantStart(Role.fromRoleName(stack, 'OnCall', 'oncall'));
wayBack.grantApproval(Role.fromRoleName(stack, 'Security', 'security'));
