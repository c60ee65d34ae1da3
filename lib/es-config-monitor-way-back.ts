import { ArnFormat, Duration, Names, Stack } from 'aws-cdk-lib';
import { Grant, PolicyStatement, Role, ServicePrincipal, type IGrantable, type IRole } from 'aws-cdk-lib/aws-iam';
import { Alias } from 'aws-cdk-lib/aws-kms';
import { Topic, type ITopic, type ITopicSubscription } from 'aws-cdk-lib/aws-sns';
import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { refuse } from './configuration-error';
import { wayBackDocument } from './way-back-document';
import { wayBackProblems } from './way-back-props';

/** What an `EsConfigMonitorWayBack` is made of. */
export interface EsConfigMonitorWayBackProps {
  /** Names of the domains, in the account and region of the stack, whose access policies may be set back. */
  readonly domains: readonly string[];
  /** Who approves: ARNs of IAM roles and users, ten at most. */
  readonly approvers: readonly string[];
  /**
   * How many of them have to approve.
   * @default 1
   */
  readonly requiredApprovals?: number;
  /**
   * Who is asked to approve; they need not be approvers.
   * @default - nobody: subscribe to `approvalTopic`
   */
  readonly subscribers?: readonly ITopicSubscription[];
  /**
   * How long an approval is waited for, one minute to 30 days.
   * @default Duration.hours(1)
   */
  readonly approveWithin?: Duration;
  /**
   * The name of the document: the setting `wayBack` of the monitor has it.
   * @default 'EsConfigMonitor-WayBack'
   */
  readonly documentName?: string;
}

/**
 * The way back by one link in an alert: a document of Systems Manager that gives a domain an access policy, once a named group has
 * approved it. It changes nothing where the policy was changed since the alert. What it does is a call like any other, which the monitor tells.
 * It belongs into the account and region of the domains.
 */
export class EsConfigMonitorWayBack extends Construct {
  /** The name of the document. */
  readonly documentName: string;
  /** Told of each approval that is waited for. */
  readonly approvalTopic: ITopic;
  /** Looks at the domains and changes their access policies: the caller of the calls that the monitor tells. */
  readonly role: IRole;
  private readonly documentArn: string;
  private readonly executionArns: string;

  /** @throws ConfigurationError naming everything that is wrong with the props */
  constructor(scope: Construct, id: string, props: EsConfigMonitorWayBackProps) {
    super(scope, id);
    refuse(wayBackProblems(props));
    const { domains, approvers, requiredApprovals = 1, subscribers = [], approveWithin = Duration.hours(1) } = props;
    const stack = Stack.of(this);
    const ssm = (resource: string, resourceName: string): string =>
      stack.formatArn({ service: 'ssm', resource, resourceName, arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
    const topic = new Topic(this, 'Approvals', {
      // Systems Manager asks for a name that begins so.
      topicName: `Automation-${Names.uniqueResourceName(this, { maxLength: 200, allowedSpecialCharacters: '-_' })}`,
      displayName: 'es-config-monitor approvals',
      masterKey: Alias.fromAliasName(this, 'SnsKey', 'alias/aws/sns'),
      enforceSSL: true,
    });
    for (const subscription of subscribers) topic.addSubscription(subscription);
    this.executionArns = ssm('automation-execution', '*');
    const role = new Role(this, 'Role', {
      description: 'Sets back access policies of domains, once that is approved',
      assumedBy: new ServicePrincipal('ssm.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': stack.account },
          ArnLike: { 'aws:SourceArn': this.executionArns },
        },
      }),
    });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['es:DescribeDomainConfig', 'es:UpdateDomainConfig'],
        resources: domains.map((resourceName) => stack.formatArn({ service: 'es', resource: 'domain', resourceName })),
      }),
    );
    role.addToPolicy(new PolicyStatement({ actions: ['sns:Publish'], resources: [topic.topicArn] }));
    const document = new CfnDocument(this, 'Document', {
      name: props.documentName ?? 'EsConfigMonitor-WayBack',
      documentType: 'Automation',
      updateMethod: 'NewVersion',
      content: wayBackDocument({
        domains,
        approvers,
        requiredApprovals,
        approvalTopic: topic.topicArn,
        role: role.roleArn,
        approveWithinSeconds: approveWithin.toSeconds(),
      }),
    });
    this.documentName = document.ref;
    this.documentArn = ssm('automation-definition', `${document.ref}:*`);
    this.approvalTopic = topic;
    this.role = role;
  }

  /** Lets somebody start the document from the link: nothing is changed before it is approved. */
  grantStart(grantee: IGrantable): Grant {
    Grant.addToPrincipal({
      grantee,
      actions: ['iam:PassRole'],
      resourceArns: [this.role.roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
    });
    return Grant.addToPrincipal({
      grantee,
      actions: ['ssm:StartAutomationExecution'],
      resourceArns: [this.documentArn],
    });
  }

  /** Lets an approver answer, and see what is asked. */
  grantApproval(grantee: IGrantable): Grant {
    const actions = ['ssm:SendAutomationSignal', 'ssm:GetAutomationExecution', 'ssm:DescribeAutomationStepExecutions'];
    return Grant.addToPrincipal({ grantee, actions, resourceArns: [this.executionArns] });
  }
}
