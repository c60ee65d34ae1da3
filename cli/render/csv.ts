import type { Report, ReportCall } from '../../core/report';

const COLUMNS = [
  'time',
  'severity',
  'disposition',
  'event_name',
  'outcome',
  'domain',
  'account',
  'region',
  'caller',
  'caller_arn',
  'source_ip',
  'rules',
  'sentence',
  'changes',
  'event_id',
  'file',
] as const;

/** One row for each call, under a header, as RFC 4180 has it. No cell is one that a spreadsheet would run as a formula. */
export function csvText(report: Report, isTold: (call: ReportCall) => boolean): string {
  const rows = [
    ...report.domains.flatMap(({ name, calls }) => calls.map((call) => ({ domain: name, call }))),
    ...report.otherCalls.map((call) => ({ domain: '', call })),
  ].filter(({ call }) => isTold(call));
  const inOrder = rows.toSorted((a, b) => (a.call.time < b.call.time ? -1 : a.call.time > b.call.time ? 1 : 0));
  return [COLUMNS, ...inOrder.map(({ domain, call }) => cellsOf(domain, call))]
    .map((row) => `${row.map(cell).join(',')}\r\n`)
    .join('');
}

function cellsOf(domain: string, call: ReportCall): readonly string[] {
  const values: Readonly<Record<(typeof COLUMNS)[number], string | undefined>> = {
    time: call.time,
    severity: call.severity ?? '',
    disposition: call.disposition,
    event_name: call.eventName,
    outcome: call.outcome,
    domain,
    account: call.account,
    region: call.region,
    caller: call.caller.description,
    caller_arn: call.caller.arn,
    source_ip: call.sourceIPAddress,
    rules: call.findings.map(({ rule }) => rule).join(' '),
    sentence: call.sentence,
    changes: call.changes.join('; '),
    event_id: call.eventID,
    file: call.sources[0]?.name,
  };
  return COLUMNS.map((column) => values[column] ?? '');
}

/** What a spreadsheet takes for the beginning of a formula, also behind spaces: an apostrophe makes a text of it. */
const FORMULA = /^\s*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

function cell(value: string): string {
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
