import type { Report, ReportCall } from '../../core/report';
import { escapedMessage, ofSeverity, sarifLogOf, uriOf } from './sarif-log';

/** The findings of the calls as a SARIF log: one run, one result for each finding. */
export function sarifLog(report: Report, isTold: (call: ReportCall) => boolean) {
  const calls = [
    ...report.domains.flatMap((domain) => domain.calls.map((call) => ({ domain: domain.name, call }))),
    ...report.otherCalls.map((call) => ({ domain: undefined, call })),
  ].filter(({ call }) => isTold(call));
  return sarifLogOf(
    calls.flatMap(({ domain, call }) => resultsOf(call, domain)),
    report.inputs.unread,
  );
}

function resultsOf(call: ReportCall, domain: string | undefined) {
  const [source] = call.sources;
  return call.findings
    .filter(({ suppressed, severity }) => suppressed !== undefined || severity !== 'INFORMATIONAL')
    .map(({ rule, severity, evidence, suppressed }) => ({
      ruleId: rule,
      ...ofSeverity(severity),
      message: { text: escapedMessage(`${call.sentence} (${evidence.join('; ')})`) },
      locations: [
        {
          ...(source && { physicalLocation: { artifactLocation: { uri: uriOf(source.name) } } }),
          ...(domain !== undefined && { logicalLocations: [{ name: domain, kind: 'resource' }] }),
        },
      ],
      partialFingerprints: { 'callAndRule/v1': `${call.uid}/${rule}` },
      ...(suppressed !== undefined && { suppressions: [{ kind: 'external', justification: suppressed }] }),
      properties: {
        severity,
        time: call.time,
        caller: call.caller.description,
        account: call.account,
        region: call.region,
      },
    }));
}
