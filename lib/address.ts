import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { DEFAULT_SERVICE } from '../lambda/environment';

/** The stack that has carried the monitor alone so far, whose metrics people have alarms on. */
const FIRST_STACK = 'EsConfigMonitor';

/** Where a construct is: the name of its stack, which an account has once in a region, and the ids from there to it. */
export function addressOf(scope: Construct): readonly [stackName: string, ...ids: string[]] {
  const outermost = outermostOf(Stack.of(scope));
  const ids = scope.node.scopes.slice(outermost.node.scopes.length).map(({ node }) => node.id);
  // A construct of this id is as good as its scope: CDK leaves it out of names as well.
  return [outermost.stackName, ...ids.filter((id) => id !== 'Default')];
}

function outermostOf(stack: Stack): Stack {
  return stack.nestedStackParent ? outermostOf(stack.nestedStackParent) : stack;
}

/** The dimension of the metrics of the monitor at `scope`, its own in its account and region. */
export function serviceOf(scope: Construct): string {
  const address = addressOf(scope).join('/');
  return address === FIRST_STACK ? DEFAULT_SERVICE : address;
}
