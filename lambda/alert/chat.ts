import { plain, shortened } from '../plain-text';
import { commandOf } from './remediation';
import type { Verdict } from './verdict';

/**
 * The custom notification of Amazon Q Developer in chat applications, which shows it in Slack and Microsoft Teams. Its
 * limits: title 250 characters, description 8,000, each next step 350, each keyword 75.
 */
export function chatNotification({ call, findings, severity, sentence, domain, accountId, region, rule }: Verdict) {
  const [worst] = findings;
  const others = findings.slice(1).map((finding) => `${finding.severity} ${finding.rule.id}`);
  const command = commandOf(worst.rule.remediation, call);
  const event = call.eventID ? ` Event ${call.eventID}.` : '';
  return {
    version: '1.0',
    source: 'custom',
    id: plain(call.uid, 100),
    content: {
      textType: 'client-markdown',
      title: quoted(`${severity}: ${worst.rule.title}${domain ? ` (${domain})` : ''}`, 250),
      description: quoted(
        `${sentence}. ${worst.rule.why}${others.length > 0 ? ` Also: ${others.join(', ')}.` : ''}${event}`,
        8000,
      ),
      nextSteps: [worst.rule.remediation.text, ...(command ? [command] : [])].map((step) => quoted(step, 350)),
      keywords: [severity, rule, accountId, region, ...(domain ? [domain] : [])].map((word) => quoted(word, 75)),
    },
    metadata: {
      threadId: quoted([accountId, region, domain ?? 'no domain'].join('/'), 200),
      summary: quoted(sentence, 250),
      eventType: rule,
      relatedResources: call.domain.arn ? [quoted(call.domain.arn, 512)] : [],
    },
  };
}

/**
 * Text that Slack and Teams show as it is: no mention, no link, no second line. Escapes are put in before the text is
 * cut, and the cut never leaves half of one.
 */
function quoted(text: string, maxLength: number): string {
  const escaped = plain(text, maxLength)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/:\/\//g, '[:]//')
    .replace(/\]\(/g, '] (')
    .replace(/@(?=[\w])/g, '@ ')
    .replace(/[`*_~]{2,}|`/g, "'");
  return shortened(escaped, maxLength).replace(/&[a-z]{0,3}…$/, '…');
}
