import { plain, shortened, unlinked } from '../base/plain-text';
import type { Brief } from './brief';
import { consoleLinkOf } from './console-link';

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
export function chatNotification(brief: Brief) {
  const { call, severity, title, attempt, correction, sentence, about, accountId, region, rule } = brief;
  const link = consoleLinkOf(call);
  const what = attempt || about === undefined ? title : `${title} (${about})`;
  return {
    version: '1.0',
    source: 'custom',
    id: plain(call.uid, 100),
    content: {
      textType: 'client-markdown',
      title: quoted(`${severity}: ${correction ? 'correction: ' : ''}${what}`, MAX_TITLE),
      description: description(brief),
      nextSteps: [
        ...nextSteps(brief),
        ...(brief.wayBack ? ['A link in the e-mail sets the access policy back, once that is approved.'] : []),
        ...(link ? [`Open the domain in the console: ${link}`] : []),
      ],
      keywords: [severity, rule, accountId, region, ...(about ? [about] : [])].map((word) => quoted(word, MAX_KEYWORD)),
    },
    metadata: {
      threadId: quoted([accountId, region, about ?? 'no domain'].join('/'), 200),
      summary: quoted(sentence, MAX_TITLE),
      eventType: rule,
      relatedResources: [call.domain?.arn ?? call.resources?.[0]].flatMap((each) => (each ? [quoted(each, 512)] : [])),
    },
  };
}

/** What to do, and the commands. One that chat cannot show whole is left to the e-mail: half of it must not be pasted. */
function nextSteps({ points: [{ advice }], restore }: Brief): readonly string[] {
  const steps = [...(restore ? [restore] : []), ...advice.steps];
  return [
    quoted(advice.text, MAX_NEXT_STEP),
    ...steps.flatMap(({ says, command }) => [
      ...(says === undefined ? [] : [quoted(says, MAX_NEXT_STEP)]),
      ...(command === undefined ? [] : [isShowable(command) ? `\`${command}\`` : 'The command is in the e-mail.']),
    ]),
  ];
}

/** Nothing of it means anything to Slack or Teams, between the backticks. */
const isShowable = (command: string): boolean =>
  command.length + 2 <= MAX_NEXT_STEP && /^[\w .:/=,'"{}[\]*-]+$/.test(command) && unlinked(command) === command;

function description(brief: Brief): string {
  const { call, points, sentence, accountId, accountName, owner, region, outcome, errorMessage, delivery } = brief;
  const [worst, ...others] = points;
  const named = others
    .slice(0, MAX_OTHERS)
    .map(({ severity, rule, evidence }) => `Also ${severity} ${rule.id}: ${brief.attempt ? evidence[0] : rule.title}.`);
  const rest = others.length - named.length;
  const when = plain(call.eventTime, 40);
  const from = plain(call.sourceIPAddress ?? '', 100);
  const event = plain(call.eventID ?? '', 100);
  const facts = [
    `Account ${accountId}${accountName === undefined ? '' : ` (${accountName})`}, ${region}`,
    owner && `owner ${owner}`,
    from && `from ${from}`,
    when && `at ${when}`,
    brief.isObserved ? '' : outcome,
    event && `event ${event}`,
    delivery,
  ];
  const paragraphs = [
    errorMessage && `The service said: ${errorMessage}`,
    worst.why,
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
