import { flagOf, memberOf, optional, textOf } from '../base/members';

/** Who made a call, as CloudTrail's `userIdentity` tells it. */
export interface Caller {
  /** One phrase for people, such as `IAM user test-user on the console`. Holds text written by strangers. */
  readonly description: string;
  /** `userIdentity.type` as recorded: `Root`, `IAMUser`, `AssumedRole`, `FederatedUser`, `AWSService` … */
  readonly type: string;
  readonly name: string;
  readonly arn?: string;
  readonly principalId?: string;
  /** The account of the caller; that of the domain may be another. */
  readonly accountId?: string;
  /** ARN of the role or user that issued a session's temporary credentials. */
  readonly issuerArn?: string;
  readonly isRoot: boolean;
  /** Temporary credentials: of a role, or of a federated user. */
  readonly isTemporary: boolean;
  /** The AWS service that made the call, for itself or on behalf of the caller: `cloudformation.amazonaws.com`. */
  readonly service?: string;
  readonly onConsole: boolean;
}

/** The console calls for the person who signed in: it is not "another AWS service". */
const CONSOLE = new Set(['signin.amazonaws.com', 'console.amazonaws.com']);

/** The console's own agent, as seen on calls of 2020 and later that carry no `invokedBy`. */
const CONSOLE_AGENT = /^aws-internal\/\d+ aws-sdk-java/i;

/** The caller of `record`. Never throws: what is missing is described as unknown. */
export function toCaller(record: unknown): Caller {
  const identity = memberOf(record, 'userIdentity');
  const text: Text = (...path) => {
    const value = memberOf(identity, ...path);
    return typeof value === 'boolean' ? String(value) : textOf(value);
  };
  const type = text('type') ?? 'Unknown';
  const service = serviceOf(type, text('invokedBy'));
  const onConsole = isOnConsole(record, text('invokedBy'));
  const { phrase, name } = describe(type, text);
  const arn = text('arn');
  const principalId = text('principalId');
  const accountId = text('accountId') ?? text('sessionContext', 'sessionIssuer', 'accountId');
  const issuerArn = text('sessionContext', 'sessionIssuer', 'arn') ?? roleArnOfSession(arn);
  return {
    description: [phrase, onConsole && 'on the console', service && type !== 'AWSService' && `via ${service}`]
      .filter(Boolean)
      .join(' '),
    type,
    name,
    ...optional('arn', arn),
    ...optional('principalId', principalId),
    ...optional('accountId', accountId),
    ...optional('issuerArn', issuerArn),
    isRoot: type.toLowerCase() === 'root',
    isTemporary:
      type === 'AssumedRole' ||
      type === 'FederatedUser' ||
      text('sessionContext', 'attributes', 'creationDate') !== undefined,
    ...optional('service', service),
    onConsole,
  };
}

/** One text for all sessions of a role, and for all calls of a user or service. */
export const callerKeyOf = ({ issuerArn, arn, principalId, name }: Caller): string =>
  issuerArn ?? arn ?? principalId ?? name;

type Text = (...path: readonly string[]) => string | undefined;

const DESCRIPTIONS: Readonly<Record<string, (text: Text) => { phrase: string; name: string }>> = {
  Root: (text) => {
    const account = text('accountId') ?? 'unknown';
    const how = flagOf(text('sessionContext', 'assumedRoot')) === true ? ' in a session of sts:AssumeRoot' : '';
    return { phrase: `the root user of account ${account}${how}`, name: 'root' };
  },
  IAMUser: (text) => named('IAM user', text('userName') ?? lastSegment(text('arn'))),
  AssumedRole: describeSession,
  Role: (text) => named('role', text('userName') ?? lastSegment(text('arn'))),
  FederatedUser: (text) => {
    const user = named('federated user', afterColon(text('principalId')) ?? lastSegment(text('arn')));
    const issuer = text('sessionContext', 'sessionIssuer', 'userName');
    return issuer ? { ...user, phrase: `${user.phrase} issued by ${issuer}` } : user;
  },
  SAMLUser: (text) => named('SAML user', text('userName')),
  WebIdentityUser: (text) => named('web identity user', text('userName')),
  IdentityCenterUser: (text) => named('Identity Center user', text('onBehalfOf', 'userId')),
  AWSAccount: (text) => named('AWS account', text('accountId')),
  AWSService: (text) => named('AWS service', text('invokedBy')),
};

function describe(type: string, text: Text): { phrase: string; name: string } {
  const onBehalfOf = type === 'Unknown' ? text('onBehalfOf', 'userId') : undefined;
  if (onBehalfOf) return named('Identity Center user', onBehalfOf);
  const description = Object.hasOwn(DESCRIPTIONS, type) ? DESCRIPTIONS[type] : undefined;
  return description?.(text) ?? named(`${type} caller`, text('arn') ?? text('principalId') ?? text('accountId'));
}

/** Identity Center names its roles after the permission set: `AWSReservedSSO_<permission set>_<16 hex digits>`. */
const PERMISSION_SET = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/;

function describeSession(text: Text): { phrase: string; name: string } {
  const role = text('sessionContext', 'sessionIssuer', 'userName') ?? roleOfSession(text('arn')) ?? 'unknown';
  const session = sessionOf(text('arn')) ?? afterColon(text('principalId')) ?? 'unknown';
  const permissionSet = PERMISSION_SET.exec(role)?.[1];
  const source = text('sessionContext', 'sourceIdentity');
  const lambda = text('inScopeOf', 'credentialsIssuedTo');
  const delegate = text('invokedByDelegate', 'accountId');
  const phrase = permissionSet
    ? `SSO user ${session} with permission set ${permissionSet}`
    : role.startsWith('AWSServiceRoleFor')
      ? `service-linked role ${role}`
      : session.startsWith('i-')
        ? `EC2 instance ${session} with role ${role}`
        : `role ${role}, session ${session}`;
  return {
    phrase: [
      phrase,
      source && source !== session && `for ${source}`,
      lambda && `in ${lambda}`,
      delegate && `by delegate account ${delegate}`,
    ]
      .filter(Boolean)
      .join(' '),
    name: `${role}/${session}`,
  };
}

function named(kind: string, name: string | undefined): { phrase: string; name: string } {
  return { phrase: `${kind} ${name ?? 'unknown'}`, name: name ?? 'unknown' };
}

function serviceOf(type: string, invokedBy: string | undefined): string | undefined {
  if (type === 'AWSService') return invokedBy ?? 'unknown';
  return invokedBy && !CONSOLE.has(invokedBy) && !/^AWS Internal/i.test(invokedBy) ? invokedBy : undefined;
}

function isOnConsole(record: unknown, invokedBy: string | undefined): boolean {
  const agent = textOf(memberOf(record, 'userAgent')) ?? '';
  return (
    flagOf(memberOf(record, 'sessionCredentialFromConsole')) === true ||
    CONSOLE.has(agent) ||
    CONSOLE.has(invokedBy ?? '') ||
    CONSOLE_AGENT.test(agent)
  );
}

const afterColon = (text: string | undefined): string | undefined => text?.split(':').slice(1).join(':') || undefined;
const lastSegment = (arn: string | undefined): string | undefined => arn?.split('/').at(-1) || undefined;
const sessionOf = (arn: string | undefined): string | undefined => arn?.split(':assumed-role/')[1]?.split('/')[1];
const roleOfSession = (arn: string | undefined): string | undefined => arn?.split(':assumed-role/')[1]?.split('/')[0];

/** The role behind a session whose issuer is not recorded. A role's path is not part of its sessions' ARNs. */
function roleArnOfSession(arn: string | undefined): string | undefined {
  const [, partition, accountId, role] = /^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(arn ?? '') ?? [];
  return role && `arn:${partition ?? ''}:iam::${accountId ?? ''}:role/${role}`;
}
