import { EQUATIONS, MAIL_DIGEST_METRICS, METRICS, STATE_METRICS } from '../core/base/accounting';
import { ALERT_SENT, METRIC_NAMESPACE } from '../lambda/environment';

/** docs/metrics.md: what the function counts, and what must add up. */
export function metricsPage(): string {
  const rowsOf = (metrics: Readonly<Record<string, string>>): string =>
    Object.entries(metrics)
      .map(([name, meaning]) => `| \`${name}\` | ${meaning} |`)
      .join('\n');
  const equations = EQUATIONS.map(({ whole, parts }) => `${whole} = ${parts.join(' + ')}`);
  return `# What is counted

Printed from the code by \`npm run docs\`.

The function counts in the namespace \`${METRIC_NAMESPACE}\`, under the dimension \`service\`. A count of none is not reported. What comes
again, because a message failed or was delivered twice, is counted again.

| metric | counts |
| --- | --- |
${rowsOf(METRICS)}

The check of state counts in the same place:

| metric | counts |
| --- | --- |
${rowsOf(STATE_METRICS)}

The mail digest as well:

| metric | counts |
| --- | --- |
${rowsOf(MAIL_DIGEST_METRICS)}

Each call that is told is a line of the function's log as well, \`${ALERT_SENT}\`, with its severity, account, domain and how late it was, so that
none of these costs a metric; the dashboard asks the log.

The line of each log file has the counts of owners apart: \`owners.<owner>.due\` is the sum of its \`sent\`, \`known\` and \`failed\`.

## What must add up

\`\`\`
${equations.join('\n')}
\`\`\`

The two sides are counted apart: what is received where notifications and log files are read, what became of it where that is
decided. Both are written in one set, at the end of each object, so the sums agree in every period, whenever the function ends
and whatever comes again. An object of which nothing is told when its message is done is counted as received alone, and fails the
message. Where the sums do not agree the monitor has a fault, and an alarm rings: see [the runbook](runbook.md#accounting).
`;
}
