import { isObject, memberOf } from '../../core/base/members';
import { ALERT_SEVERITIES, type AlertSeverity } from '../../core/base/severity';
import type { Assembly } from '../assembly';
import { CONDITIONS, mailCondition, RULES, type Intrinsic, type Source } from './conditions';
import { mapped } from './mapped';
import { chosen, merged, NO_VALUE, type Resources, type TemplateResource } from './merged';
import { PARAMETERS, type ParameterName } from './parameters';
import { STACK_NAME } from './variants';

/** A template that is launched as it is, and the folders of the archives it refers to, by the names they must have. */
export interface Release {
  readonly template: Readonly<Record<string, unknown>>;
  readonly archives: ReadonlyMap<string, string>;
}

const ref = (name: ParameterName): Intrinsic => ({ Ref: name });
const when = (condition: string, value: unknown, otherwise: unknown = NO_VALUE): Intrinsic => ({
  'Fn::If': [condition, value, otherwise],
});

/** The variants of the stack as one template, whose parameters decide between them. */
export function releaseOf(variants: ReadonlyMap<Source, Assembly>): Release {
  const archives = new Map<string, string>();
  const edited = [...variants].map(([condition, assembly]) => {
    const { Outputs: outputs, Resources: resources } = assembly.template as unknown as Plain;
    return { condition, value: { outputs, resources: editedResources(resources, assembly, archives) } };
  });
  const conditions: Record<string, Intrinsic> = { ...CONDITIONS };
  const either = (names: readonly string[]): string => {
    const [only = '', ...others] = names;
    if (others.length === 0) return only;
    const name = names.join('Or');
    conditions[name] = { 'Fn::Or': names.map((condition) => ({ Condition: condition })) };
    return name;
  };
  const resources = merged(
    edited.map(({ condition, value }) => ({ condition, value: value.resources })),
    either,
  );
  const outputs = chosen(edited.map(({ condition, value }) => ({ condition, value: value.outputs })));
  return {
    template: {
      AWSTemplateFormatVersion: '2010-09-09',
      Description: 'es-config-monitor: alerts on risky Amazon ES/OpenSearch Service configuration calls',
      Parameters: PARAMETERS,
      Rules: RULES,
      Conditions: conditions,
      Resources: resources,
      Outputs: withStackName(outputs),
    },
    archives,
  };
}

/** A synthesized template, as far as it is read here. */
interface Plain {
  readonly Resources: Resources;
  readonly Outputs: Readonly<Record<string, unknown>>;
}

function editedResources(resources: Resources, assembly: Assembly, archives: Map<string, string>): Resources {
  const layers = Object.keys(resources).filter((id) => resources[id]?.Type === 'AWS::Lambda::LayerVersion');
  return Object.fromEntries(
    Object.entries(resources).flatMap(([id, resource]) => {
      if (resource.Type === 'AWS::CDK::Metadata') return [];
      const edited = [withStackName, withCondition, withKey].reduce(
        (sofar, edit) => edit(sofar),
        withoutMetadata(resource),
      );
      return [[id, layers.includes(id) ? settingsLayer(edited) : withCode(edited, id, assembly, archives)] as const];
    }),
  );
}

/** Paths and acknowledgements, for readers of a synthesis. */
function withoutMetadata(resource: TemplateResource): TemplateResource {
  const { Metadata: metadata, ...others } = resource;
  return metadata === undefined ? resource : others;
}

function withStackName<Value>(value: Value): Value {
  return mapped(value, (part) => {
    if (typeof part !== 'string' || !part.includes(STACK_NAME)) return part;
    if (part === STACK_NAME) return { Ref: 'AWS::StackName' };
    return { 'Fn::Sub': part.replaceAll('${', '${!').replaceAll(STACK_NAME, '${AWS::StackName}') };
  }) as Value;
}

/** A subscription to the topic of a severity is there where `AlertEmail` is sent its alerts. */
function withCondition(resource: TemplateResource): TemplateResource {
  const endpoint = memberOf(resource.Properties, 'Endpoint', 'Ref');
  if (resource.Type !== 'AWS::SNS::Subscription' || typeof endpoint !== 'string') return resource;
  if (endpoint === 'OperationsEmail') return { ...resource, Condition: 'MailsOperations' };
  return { ...resource, Condition: mailCondition(severityOf(memberOf(resource.Properties, 'TopicArn', 'Ref'))) };
}

function severityOf(topic: unknown): AlertSeverity {
  const severity = ALERT_SEVERITIES.find((one) => String(topic).toUpperCase().startsWith(`${one}ALERTS`));
  if (severity === undefined) throw new Error(`${String(topic)} is the topic of no severity`);
  return severity;
}

/** What needs the key is there where one is given: statements of a policy, and parts of its ARN anywhere else. */
function withKey(resource: TemplateResource): TemplateResource {
  return withPartsOfKey(withStatementsOfKey(resource));
}

function withPartsOfKey(resource: TemplateResource): TemplateResource {
  return mapped(resource, (part) => {
    const isPart = isObject(part) && 'Fn::Select' in part && JSON.stringify(part).includes(OF_KEY);
    return isPart ? when('IsEncrypted', part, '') : part;
  }) as TemplateResource;
}

const OF_KEY = '"Ref":"EncryptionKeyArn"';

function withStatementsOfKey(resource: TemplateResource): TemplateResource {
  const statements = memberOf(resource.Properties, 'PolicyDocument', 'Statement');
  if (!Array.isArray(statements)) return resource;
  const edited = (statements as readonly unknown[]).map((statement) =>
    JSON.stringify(statement).includes(OF_KEY) ? when('IsEncrypted', statement) : statement,
  );
  const document = memberOf(resource.Properties, 'PolicyDocument') as object;
  return { ...resource, Properties: { ...resource.Properties, PolicyDocument: { ...document, Statement: edited } } };
}

const archiveNamed = (name: unknown): Intrinsic => ({ 'Fn::Join': ['', [ref('CodePrefix'), name]] });

function settingsLayer(layer: TemplateResource): TemplateResource {
  const content = { S3Bucket: ref('CodeBucket'), S3Key: archiveNamed(ref('SettingsArchive')) };
  return { ...layer, Condition: 'HasSettings', Properties: { ...layer.Properties, Content: content } };
}

/** The settings that parameters give, as the text of a settings file. */
const SETTINGS_TEXT = when('WatchesAll', '{}', {
  'Fn::Join': [
    '',
    ['{"watchedEvents":["', { 'Fn::Join': ['","', { 'Fn::Split': [',', ref('WatchedEvents')] }] }, '"]}'],
  ],
});

function withCode(
  resource: TemplateResource,
  id: string,
  { assetFolders }: Assembly,
  archives: Map<string, string>,
): TemplateResource {
  const key = memberOf(resource.Properties, 'Code', 'S3Key');
  if (resource.Type !== 'AWS::Lambda::Function' || typeof key !== 'string') return resource;
  const folder = assetFolders.get(key);
  if (folder === undefined) throw new Error(`the code of ${id} is in no folder`);
  const archive = `${kebabbed(id)}.zip`;
  archives.set(archive, folder);
  const { Layers: layers, Environment: environment, ...others } = resource.Properties ?? {};
  const variables = memberOf(environment, 'Variables');
  return {
    ...resource,
    Properties: {
      ...others,
      Code: { S3Bucket: ref('CodeBucket'), S3Key: archiveNamed(archive) },
      ...(layers !== undefined && { Layers: when('HasSettings', layers) }),
      ...(environment !== undefined && {
        Environment: { Variables: isObject(variables) ? withSettings(variables) : variables },
      }),
    },
  };
}

function withSettings({
  SETTINGS_FILE: file,
  ...variables
}: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return file === undefined
    ? variables
    : { ...variables, SETTINGS_FILE: when('HasSettings', file), JUDGEMENT: SETTINGS_TEXT };
}

/** `StateCheckFunction0A1B2C3D` is `state-check-function`: without the hash of CDK. */
const kebabbed = (id: string): string =>
  id
    .replace(/[0-9A-F]{8}$/, '')
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-')
    .toLowerCase();
