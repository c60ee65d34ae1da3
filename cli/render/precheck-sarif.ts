import { sentenceOf } from '../../core/deployment';
import { type CheckedResource, type Precheck } from '../precheck';
import { escapedMessage, ofSeverity, sarifLogOf, uriOf } from './sarif-log';

/** What a deployment would leave behind as a SARIF log: a result for each finding, at the line that declares it. */
export function precheckSarif({ files, unread }: Precheck) {
  return sarifLogOf(
    files.flatMap(({ name, resources, refusals }) => [
      ...resources.flatMap((resource) => resultsOf(name, resource)),
      ...refusals.map((refusal) => refusalResult(name, refusal)),
    ]),
    unread,
    files.flatMap(({ name, unseen }) => unseen.map((says) => ({ name, why: `cannot be seen in it: ${says}` }))),
  );
}

function resultsOf(file: string, resource: CheckedResource) {
  return resource.expected.map((finding) => {
    const { rule, severity, doubt, witness, suppressedBy, evidence, address, line } = finding;
    const [, ...more] = evidence;
    const text = [
      sentenceOf(resource, finding),
      ...more,
      ...(doubt === undefined ? [] : [`not known before the deployment: ${doubt}`]),
      ...(witness === undefined ? [] : [witness]),
    ].join('; ');
    return {
      ruleId: rule.id,
      ...ofSeverity(severity),
      message: { text: escapedMessage(text) },
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: line } },
          logicalLocations: [{ fullyQualifiedName: address, kind: 'resource' }],
        },
      ],
      partialFingerprints: { 'resourceAndRule/v1': `${resource.declared.address}/${rule.id}` },
      ...(suppressedBy !== undefined && {
        suppressions: [{ kind: 'external', justification: suppressedBy.reason }],
      }),
      properties: {
        severity,
        isCertain: doubt === undefined,
        resourceType: resource.declared.type,
        ...(resource.eventName !== undefined && { eventName: resource.eventName }),
      },
    };
  });
}

/** Of a notification no rule speaks: S3 itself refuses it. */
const refusalResult = (file: string, refusal: string) => ({
  ruleId: 'bucket-notification-refused',
  ...ofSeverity('HIGH'),
  message: { text: escapedMessage(refusal) },
  locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: 1 } } }],
  properties: { severity: 'HIGH', isCertain: true },
});
