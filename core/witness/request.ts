/** A request for the data of a domain, as far as IAM looks at it. */
export interface Request {
  /** Who signed it; `undefined` where nobody did. */
  readonly signer?: Signer;
  readonly method: Method;
  /** What of the domain it asks for, with the slash: `/_search`. */
  readonly path: string;
  /** The address it comes from. A request to an endpoint in a VPC has none that IAM sees. */
  readonly address?: string;
  /** ISO 8601, UTC. */
  readonly time: string;
  /** What the requester says of itself, or is by its network: condition keys in lower case, with their values. */
  readonly claims: Readonly<Record<string, string>>;
}

export interface Signer {
  readonly accountId: string;
  readonly arn: string;
}

export const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'PATCH'] as const;

export type Method = (typeof METHODS)[number];

/** `es:ESHttpGet` and so on. */
export const actionOf = ({ method }: Request): string => `es:ESHttp${method.charAt(0)}${method.slice(1).toLowerCase()}`;

/** What a condition key is in a request: its value; `undefined` where it is not there; `unknown` where that cannot be told. */
export type KeyValue = string | undefined | typeof UNKNOWN;

export const UNKNOWN = Symbol('unknown');

/** Condition keys of every request that was not made by another service for the requester. */
export function valueOfKey(key: string, request: Request): KeyValue {
  const name = key.toLowerCase();
  if (Object.hasOwn(request.claims, name)) return request.claims[name];
  if (Object.hasOwn(VALUES, name)) return VALUES[name]?.(request);
  return ABSENT.some((pattern) => pattern.test(name)) ? undefined : UNKNOWN;
}

const VALUES: Readonly<Record<string, (request: Request) => string | undefined>> = {
  'aws:sourceip': ({ address }) => address,
  'aws:securetransport': () => 'true',
  'aws:currenttime': ({ time }) => time,
  'aws:epochtime': ({ time }) => String(Math.floor(Date.parse(time) / 1000)),
  'aws:viaawsservice': () => 'false',
  'aws:principalarn': ({ signer }) => signer?.arn,
  'aws:principalaccount': ({ signer }) => signer?.accountId ?? 'anonymous',
  'aws:principaltype': ({ signer }) =>
    signer ? (signer.arn.includes(':user/') ? 'User' : 'AssumedRole') : 'Anonymous',
  'aws:principalisawsservice': ({ signer }) => (signer ? 'false' : undefined),
};

/** Keys that a request has only where it claims so: networks, headers, tags, organizations, other services. */
const ABSENT: readonly RegExp[] = [
  /^aws:(sourcevpc|sourcevpce|sourcevpcarn|vpcsourceip|vpceaccount|vpceorgid|vpceorgpaths)$/,
  /^aws:(useragent|referer|userid|username)$/,
  /^aws:(principalorgid|principalorgpaths|calledvia|calledviafirst|calledvialast|multifactorauthpresent|multifactorauthage)$/,
  /^aws:(sourcearn|sourceaccount|sourceowner|sourceorgid|sourceorgpaths|principalservicename|federatedprovider)$/,
  /^aws:(principaltag|requesttag|resourcetag)\//,
];
