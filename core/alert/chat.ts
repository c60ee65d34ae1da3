import { plain, shortened, unlinked } from '../base/plain-text';
import { adviceOn, consoleLinkOf } from './remediation';
import { titleOf, whyOf, type Brief } from './brief';

const MAX_TITLE = 250;
const MAX_NEXT_STEP = 350;
const MAX_KEYWORD = 75;

/** Findings named after the worst; more are counted. */
const MAX_OTHERS = 8;

/** The description is the sentence, at most four more paragraphs and one for each finding named. */
const MAX_SENTENCE = 1600;
const MAX_PARAGRAPH = 500;

/**
 * The custom notification of Amazon Q Developer in chat applications, which shows it in Slack and Microsoft Teams, and
 * drops what passes its limits without a word: 8,000 characters for the description.
 */
export function chatNotification(verdict: Brief) {
  const { call, findings, severity, title, sentence, domain, accountId, region, rule } = verdict;
  const advice = adviceOn(findings[0], call);
  const link = consoleLinkOf(call);
  return {
    version: '1.0',
    source: 'custom',
    id: plain(call.uid, 100),
    content: {
      textType: 'client-markdown',
      title: quoted(`${severity}: ${title}${domain ? ` (${domain})` : ''}`, MAX_TITLE),
      description: description(verdict),
      nextSteps: [
        quoted(advice.text, MAX_NEXT_STEP),
        // Nothing in a command or in the link is a stranger's: both are made of values that were checked.
        ...(advice.command ? [shortened(`\`${advice.command}\``, MAX_NEXT_STEP)] : []),
        ...(link ? [`Open the domain in the console: ${link}`] : []),
      ],
      keywords: [severity, rule, accountId, region, ...(domain ? [domain] : [])].map((word) =>
        quoted(word, MAX_KEYWORD),
      ),
    },
    metadata: {
      threadId: quoted([accountId, region, domain ?? 'no domain'].join('/'), 200),
      summary: quoted(sentence, MAX_TITLE),
      eventType: rule,
      relatedResources: call.domain.arn ? [quoted(call.domain.arn, 512)] : [],
    },
  };
}

function description({ call, findings, sentence, accountId, region, outcome, errorMessage }: Brief): string {
  const [worst, ...others] = findings;
  const named = others
    .slice(0, MAX_OTHERS)
    .map((finding) => `Also ${finding.severity} ${finding.rule.id}: ${titleOf(finding, call)}.`);
  const rest = others.length - named.length;
  const when = plain(call.eventTime, 40);
  const from = plain(call.sourceIPAddress ?? '', 100);
  const event = plain(call.eventID ?? '', 100);
  const facts = [
    `Account ${accountId}, ${region}`,
    from && `from ${from}`,
    when && `at ${when}`,
    outcome,
    event && `event ${event}`,
  ];
  const paragraphs = [
    errorMessage && `The service said: ${errorMessage}`,
    whyOf(worst, call),
    ...named,
    rest > 0 && `And ${rest} more.`,
    `${facts.filter(Boolean).join(', ')}.`,
  ];
  return [
    quoted(`${sentence}.`, MAX_SENTENCE),
    ...paragraphs.flatMap((paragraph) => (paragraph ? [quoted(paragraph, MAX_PARAGRAPH)] : [])),
  ].join('\n\n');
}

/**
 * Text that Slack and Teams show as it is: no mention, no link, no second line. Escapes are put in before the text is
 * cut, and the cut never leaves half of one.
 */
function quoted(text: string, maxLength: number): string {
  const escaped = unlinked(plain(text, maxLength))
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/@/g, '(at)')
    .replace(/\]\(/g, '] (')
    .replace(/\]:/g, '] :')
    .replace(/`/g, "'");
  return shortened(escaped, maxLength).replace(/&[a-z]{0,3}…$/, '…');
}
