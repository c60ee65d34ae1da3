import { Stack, type CfnResource } from 'aws-cdk-lib';
import { isObject, memberOf } from '../core/base/members';

/** The properties of a resource as they will be in the template; CDK has no public way to them. */
export function renderedProperties(resource: CfnResource): unknown {
  const { _toCloudFormation: render } = resource as unknown as { _toCloudFormation?: () => unknown };
  const rendered: unknown = Stack.of(resource).resolve(render?.call(resource));
  const resources = memberOf(rendered, 'Resources');
  return memberOf(Object.values(isObject(resources) ? resources : {})[0], 'Properties');
}
