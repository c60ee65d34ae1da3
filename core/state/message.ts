import { ascii, plain, shortened, unlinked } from '../base/plain-text';
import { counted } from '../base/counted';
import type { Deviation } from './deviations';
import type { Order } from './order';
import type { News } from './told';

/** SNS takes 256 KiB, and nobody reads more than this of each kind; the others are counted. */
export const MAX_TOLD = 12;

/** A command longer than this is not pasted from an e-mail. */
const MAX_COMMAND = 4000;

/** Where it is said what to do. */
const SECTION = 'docs/runbook.md#deviations';

/** What SNS's `Publish` is given, without the topic: plain text for people, JSON for machines, Amazon Q's form for chat. */
export interface Message {
  readonly Subject: string;
  readonly MessageStructure: 'json';
  readonly Message: string;
}

/** The message of what deviates. */
export function toMessage({ monitor, region }: Pick<Order, 'monitor' | 'region'>, news: News): Message {
  const { deviations, over, left } = news;
  const subject = ascii(
    deviations.length + left.length > 0
      ? `es-config-monitor is not as deployed: ${counted(deviations.length + left.length, 'deviation')} in ${monitor}`
      : `es-config-monitor is well again: ${counted(over.length, 'deviation')} over in ${monitor}`,
    99,
  );
  return messageOf(subject, {
    data: { monitor, region, ...shortOf(news) },
    email: emailOf(subject, region, news),
    lines: linesOf(news),
  });
}

/** @param lines for chat, made plain */
export function messageOf(
  subject: string,
  { data, email, lines }: { readonly data: object; readonly email: string; readonly lines: readonly string[] },
): Message {
  const text = unlinked(lines.join('\n')).replace(/[&<>@`]/g, ' ');
  const chat = {
    version: '1.0',
    source: 'custom',
    content: { textType: 'client-markdown', title: subject, description: shortened(text, 6000) },
  };
  const bodies = {
    default: JSON.stringify({ source: 'es-config-monitor', ...data }),
    email,
    sms: ascii(subject, 140),
    https: JSON.stringify(chat),
  };
  return { Subject: subject, MessageStructure: 'json', Message: JSON.stringify(bodies) };
}

/** The news as far as a message holds it, and how much more there is. */
function shortOf({ deviations, over, left }: News) {
  const short = (lines: readonly string[]): readonly string[] =>
    lines.slice(0, MAX_TOLD).map((line) => plain(line, 500));
  return {
    deviations: deviations.slice(0, MAX_TOLD).map(({ command, ...one }) => ({
      ...one,
      id: plain(one.id, 500),
      sentence: plain(one.sentence, 500),
      ...(command !== undefined && command.length <= MAX_COMMAND && { command }),
    })),
    over: short(over),
    left: short(left),
    counts: { deviations: deviations.length, over: over.length, left: left.length },
  };
}

function emailOf(subject: string, region: string, { deviations, over, left }: News): string {
  const paragraphs = [
    subject,
    ...deviations.slice(0, MAX_TOLD).map((deviation) => {
      const command = commandOf(deviation, region);
      return [
        `- ${sentenceOf(deviation)} (seen since ${deviation.since}).`,
        ...(command === undefined ? [] : ['  To put it right, once you know who did it:', `  ${command}`]),
      ].join('\n');
    }),
    ...(deviations.length > MAX_TOLD ? [`And ${deviations.length - MAX_TOLD} more.`] : []),
    ...left
      .slice(0, MAX_TOLD)
      .map(
        (line) =>
          `- ${unlinked(plain(line, 300))}, which the stack did not make, is gone: it is told nothing any more.`,
      ),
    ...over.slice(0, MAX_TOLD).map((sentence) => `- Well again: ${unlinked(plain(sentence, 500))}.`),
    `What to do: ${SECTION}`,
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

function linesOf({ deviations, over, left }: News): readonly string[] {
  return [
    ...deviations.slice(0, MAX_TOLD).map((deviation) => `- ${sentenceOf(deviation)}`),
    ...left.slice(0, MAX_TOLD).map((line) => `- gone: ${plain(line, 300)}`),
    ...over.slice(0, MAX_TOLD).map((sentence) => `- well again: ${plain(sentence, 500)}`),
  ];
}

const sentenceOf = ({ sentence }: Deviation): string => unlinked(plain(sentence, 500));

function commandOf({ command }: Deviation, region: string): string | undefined {
  if (command === undefined) return undefined;
  return command.length > MAX_COMMAND
    ? `(The command is longer than can be pasted: see ${SECTION}.)`
    : `${command} --region ${region}`;
}
