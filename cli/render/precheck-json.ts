import { ALERT_SEVERITIES } from '../../core/base/severity';
import { version } from '../../package.json';
import { sentenceOf } from '../../core/deployment';
import { allMentioned, type Precheck } from '../precheck';

/** What a deployment would leave behind, for machines: docs/before-a-deployment.md says what is in it. */
export function precheckJson(precheck: Precheck): string {
  const { files, unread } = precheck;
  const found = allMentioned(precheck);
  return `${JSON.stringify(
    {
      product: { name: 'es-config-monitor', version },
      totals: Object.fromEntries(
        ALERT_SEVERITIES.map((severity) => [severity, found.filter((each) => each.severity === severity).length]),
      ),
      resources: files.flatMap(({ name, resources }) =>
        resources.map((resource) => ({
          file: name,
          line: resource.line,
          address: resource.declared.address,
          type: resource.declared.type,
          eventName: resource.eventName ?? null,
          domain: resource.domain ?? null,
          isTriedInAll: !resource.isCut,
          findings: resource.expected.map((finding) => ({
            rule: finding.rule.id,
            severity: finding.severity,
            title: finding.rule.title,
            sentence: sentenceOf(resource, finding),
            evidence: finding.evidence,
            doubt: finding.doubt ?? null,
            witness: finding.witness ?? null,
            advice: finding.rule.remediation.text,
            address: finding.address,
            line: finding.line,
            suppressed: finding.suppressedBy?.reason ?? null,
          })),
        })),
      ),
      unseen: files.flatMap(({ name, unseen }) => unseen.map((says) => ({ file: name, says }))),
      refusals: files.flatMap(({ name, refusals }) => refusals.map((says) => ({ file: name, says }))),
      unread,
    },
    undefined,
    2,
  )}\n`;
}
