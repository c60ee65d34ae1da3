import { POLICY_PARAMETER, type WayBackParameters } from '../core/alert';

interface WayBackDocument {
  readonly domains: readonly string[];
  readonly approvers: readonly string[];
  readonly requiredApprovals: number;
  readonly approvalTopic: string;
  readonly role: string;
  readonly approveWithinSeconds: number;
}

/** A reference to a parameter: as the whole of a value it stays a value, whatever it holds. */
const given = (name: keyof WayBackParameters): string => `{{ ${name} }}`;

/**
 * A document of Systems Manager Automation that gives a domain an access policy, once that is approved. It has no script: what it is
 * given is nowhere read as code. It stops where the policy of the domain is another than the one that the alert told of, before
 * anybody is asked and again right before the change.
 */
export function wayBackDocument(props: WayBackDocument): object {
  const { domains, approvers, requiredApprovals, approvalTopic, role, approveWithinSeconds } = props;
  const unchanged = (name: string): object => ({
    name,
    description: 'Stops where the access policy was changed since the alert.',
    action: 'aws:assertAwsResourceProperty',
    onFailure: 'Abort',
    timeoutSeconds: 60,
    inputs: {
      Service: 'opensearch',
      Api: 'DescribeDomainConfig',
      DomainName: given('DomainName'),
      PropertySelector: '$.DomainConfig.AccessPolicies.Status.UpdateVersion',
      DesiredValues: [given('UpdateVersion')],
    },
  });
  return {
    schemaVersion: '0.3',
    description: 'Gives a domain the access policy that an alert of es-config-monitor offers, once that is approved.',
    assumeRole: role,
    parameters: {
      DomainName: { type: 'String', description: 'Name of the domain.', allowedValues: domains },
      UpdateVersion: {
        type: 'String',
        description: 'Version of the access policy that the alert is about; with another one nothing is changed.',
        allowedPattern: '^[0-9]{1,15}$',
      },
      AccessPolicies: {
        type: 'String',
        description: 'The access policy that the domain is to have.',
        allowedPattern: POLICY_PARAMETER,
      },
    } satisfies Record<keyof WayBackParameters, object>,
    mainSteps: [
      unchanged('isUnchanged'),
      {
        name: 'approve',
        description: 'Waits until it is approved.',
        action: 'aws:approve',
        onFailure: 'Abort',
        timeoutSeconds: approveWithinSeconds,
        inputs: {
          NotificationArn: approvalTopic,
          Message: `es-config-monitor: the domain ${given('DomainName')} is to have this access policy: ${given('AccessPolicies')}`,
          MinRequiredApprovals: requiredApprovals,
          Approvers: approvers,
        },
      },
      unchanged('isStillUnchanged'),
      {
        name: 'setBack',
        description: 'Gives the domain the policy. The call is in CloudTrail, and told like any other.',
        action: 'aws:executeAwsApi',
        onFailure: 'Abort',
        isEnd: true,
        inputs: {
          Service: 'opensearch',
          Api: 'UpdateDomainConfig',
          DomainName: given('DomainName'),
          AccessPolicies: given('AccessPolicies'),
        },
      },
    ],
  };
}
