import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** What CDK has had `Validations` since; under an older one nobody is told, and cdk-nag tells what it finds. */
const validations: typeof Validations | undefined = Validations;

/** What the template checks of cdk-nag find and why it is right as it is: findings by rule id. */
export function acknowledge(construct: IConstruct, reasons: Readonly<Record<string, string>>): void {
  validations?.of(construct).acknowledge(...Object.entries(reasons).map(([id, reason]) => ({ id, reason })));
}

/** The id of the finding that a statement allows something on `resource`, an ARN with a wildcard. */
export function wildcardResource(scope: IConstruct, resource: string): string {
  return `AwsSolutions-IAM5[Resource::${flattened(Stack.of(scope).resolve(resource))}]`;
}

/** A CloudFormation value as cdk-nag spells it within the id of a finding. */
function flattened(value: unknown): string {
  if (typeof value === 'string') return value;
  const { 'Fn::Join': join, 'Fn::GetAtt': attribute, Ref: ref } = value as Record<string, unknown>;
  if (Array.isArray(join)) return (join[1] as unknown[]).map(flattened).join(String(join[0]));
  if (Array.isArray(attribute)) return `<${attribute.join('.')}>`;
  return typeof ref === 'string' ? `<${ref}>` : JSON.stringify(value);
}
