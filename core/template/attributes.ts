import { textOf } from '../base/members';

/** The stack that a template is of, as far as it is known. */
export interface StackPlace {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
}

/** A resource of the template, and its properties as they can be told. */
export interface OwnResource {
  readonly logicalId: string;
  readonly type: string;
  readonly property: (name: string) => unknown;
}

type Told = (resource: OwnResource, place: StackPlace) => string | undefined;

const arn =
  (service: string, resource: (own: OwnResource) => string | undefined, isGlobal = false): Told =>
  (own, { partition, region, accountId }) => {
    const named = resource(own);
    return named === undefined
      ? undefined
      : `arn:${partition}:${service}:${isGlobal ? '' : region}:${accountId}:${named}`;
  };

const named =
  (kind: string, property: string) =>
  ({ logicalId, property: propertyOf }: OwnResource): string =>
    `${kind}${textOf(propertyOf(property)) ?? logicalId}`;

const role = arn('iam', named('role/', 'RoleName'), true);
const user = arn('iam', named('user/', 'UserName'), true);
const key = arn('kms', ({ logicalId }) => `key/${logicalId}`);
const logGroup = arn(
  'logs',
  ({ logicalId, property }) => `log-group:${textOf(property('LogGroupName')) ?? logicalId}:*`,
);
const domain = arn('es', (own) => `domain/${domainNameOf(own)}`);

/** What is known of resources of the same template: above all that they are of the stack's own account. */
const ATTRIBUTES: ReadonlyMap<string, Told> = new Map<string, Told>([
  ['AWS::IAM::Role.Arn', role],
  ['AWS::IAM::User.Arn', user],
  ['AWS::IAM::InstanceProfile.Arn', arn('iam', named('instance-profile/', 'InstanceProfileName'), true)],
  ['AWS::KMS::Key.Arn', key],
  ['AWS::KMS::Key.Ref', ({ logicalId }) => logicalId],
  ['AWS::KMS::Key.KeyId', ({ logicalId }) => logicalId],
  ['AWS::KMS::Alias.Ref', (own) => textOf(own.property('AliasName'))],
  ['AWS::Logs::LogGroup.Arn', logGroup],
  ['AWS::CertificateManager::Certificate.Ref', arn('acm', ({ logicalId }) => `certificate/${logicalId}`)],
  ['AWS::OpenSearchService::Domain.Arn', domain],
  ['AWS::OpenSearchService::Domain.DomainArn', domain],
  ['AWS::OpenSearchService::Domain.Ref', domainNameOf],
  ['AWS::Elasticsearch::Domain.Arn', domain],
  ['AWS::Elasticsearch::Domain.DomainArn', domain],
  ['AWS::Elasticsearch::Domain.Ref', domainNameOf],
  ['AWS::Cognito::UserPool.Ref', ({ logicalId }) => logicalId],
  ['AWS::Cognito::IdentityPool.Ref', ({ logicalId }) => logicalId],
  ['AWS::EC2::Subnet.Ref', ({ logicalId }) => `subnet-${logicalId}`],
  ['AWS::EC2::Subnet.SubnetId', ({ logicalId }) => `subnet-${logicalId}`],
  ['AWS::EC2::SecurityGroup.Ref', ({ logicalId }) => `sg-${logicalId}`],
  ['AWS::EC2::SecurityGroup.GroupId', ({ logicalId }) => `sg-${logicalId}`],
  ['AWS::EC2::VPC.CidrBlock', (own) => textOf(own.property('CidrBlock'))],
  ['AWS::Lambda::Function.Arn', arn('lambda', named('function:', 'FunctionName'))],
]);

/**
 * What a resource of the same template is known to answer; `undefined` where it is not known before.
 * @param attribute `Ref` for what a `Ref` to it is
 */
export const attributeOf = (own: OwnResource, attribute: string, place: StackPlace): string | undefined =>
  ATTRIBUTES.get(`${own.type}.${attribute}`)?.(own, place);

/** The name of a domain; of one that CloudFormation names, one that stands for it. */
export function domainNameOf({ logicalId, property }: OwnResource): string {
  return textOf(property('DomainName')) ?? standInName(logicalId);
}

/** A name that a domain could have. */
export function standInName(text: string): string {
  const letters = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 28)
    .replace(/-$/, '');
  return letters.length >= 3 ? letters : `domain-${letters}`.replace(/-$/, '');
}
