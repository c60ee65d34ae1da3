import { Match, type Template } from 'aws-cdk-lib/assertions';

export type Properties = Readonly<Record<string, unknown>>;

/** The properties of the one resource of a type whose id begins like this. */
export function propertiesOf(template: Template, type: string, idStart = ''): Properties {
  const found = Object.entries(template.findResources(type)).filter(([id]) => id.startsWith(idStart));
  expect(found).toHaveLength(1);
  const [[, resource] = []] = found;
  return (resource as unknown as { Properties: Properties }).Properties;
}

/** Matches the policy of a resource that denies `action` over connections without TLS. */
export function refusesPlainText(action: string): unknown {
  return {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({ Effect: 'Deny', Action: action, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      ]),
    },
  };
}
