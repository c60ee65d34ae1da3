/** Kinds of subscribers by what their addresses look like, in SNS's words. */
const PROTOCOLS = {
  email: /^[^\s@,;<>]+@[^\s@.,;<>]+(?:\.[^\s@.,;<>]+)+$/,
  https: /^https:\/\/[^\s/@:]+\.[^\s/@:]+(?::\d+)?(?:\/\S*)?$/,
  sms: /^\+[1-9]\d{6,14}$/,
  sqs: /^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[\w-]{1,80}$/,
  lambda: /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]{1,64}(?::[\w$-]+)?$/,
} as const;

export type SubscriberProtocol = keyof typeof PROTOCOLS;

/** All of them, for the schema of a settings file. */
export const ADDRESSES: readonly RegExp[] = Object.values(PROTOCOLS);

export const isEmailAddress = (address: string): boolean => PROTOCOLS.email.test(address);

/** How SNS reaches the address; `undefined` where it is none. */
export function protocolOf(address: string): SubscriberProtocol | undefined {
  const names = Object.keys(PROTOCOLS) as readonly SubscriberProtocol[];
  return names.find((name) => PROTOCOLS[name].test(address));
}
