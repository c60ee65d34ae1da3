import { Annotations, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { isObject } from '../core/base/members';
import type { Subscriber } from './subscribers';

/** Hosts of incoming webhooks: nobody there follows the link by which Amazon SNS asks for a confirmation. */
const WEBHOOKS = ['hooks.slack.com', 'discord.com', 'chat.googleapis.com', '.webhook.office.com', '.logic.azure.com'];

/** Where Amazon Q Developer in chat applications subscribes itself. */
const CHAT = '.sns-api.chatbot.amazonaws.com';

/** Why the host of an https subscription never gets anything, as the rest of a sentence that begins with the subscription. */
export function webhookProblem(subscription: unknown): string | undefined {
  const host = httpsHostOf(subscription);
  return host !== undefined && WEBHOOKS.some((webhook) => isOf(host, webhook))
    ? `is the https address of ${host}, which cannot confirm a subscription; in Amazon Q Developer in chat applications, choose the topic for the channel`
    : undefined;
}

/** Warns of https subscribers that are no chat service, as they get what only a chat service reads. */
export function warnOfHttps(scope: Construct, subscribers: readonly Subscriber[]): void {
  for (const [at, { subscription }] of subscribers.entries()) {
    const host = httpsHostOf(subscription);
    if (host === undefined || isOf(host, CHAT)) continue;
    Annotations.of(scope).addWarningV2(
      'es-config-monitor:https-subscriber',
      `'subscribers'[${at}].subscription is the https address of ${host}, which gets the notification that Amazon Q Developer shows ` +
        'in chat, and nothing else; machines and pagers read the machine body from a queue or a Lambda function',
    );
  }
}

/** CDK's `UrlSubscription` keeps its address to itself; of any other subscription nothing is known. */
function httpsHostOf(subscription: unknown): string | undefined {
  const url = isObject(subscription) ? subscription['url'] : undefined;
  if (typeof url !== 'string' || Token.isUnresolved(url) || !URL.canParse(url)) return undefined;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' ? hostname.toLowerCase() : undefined;
}

/** A name that begins with a dot stands for every host below it. */
function isOf(host: string, name: string): boolean {
  return name.startsWith('.') ? host.endsWith(name) : host === name;
}
