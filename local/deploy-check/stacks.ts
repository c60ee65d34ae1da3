import {
  type CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
  type Parameter,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { setTimeout as sleep } from 'node:timers/promises';

/** The stacks of an account: each promise resolves when CloudFormation has done it, and rejects with what CloudFormation says. */
export interface Stacks {
  readonly create: (name: string, template: Template) => Promise<Outputs>;
  readonly update: (name: string, template: Template) => Promise<Outputs>;
  readonly delete: (name: string) => Promise<void>;
}

export type Template = ({ readonly TemplateBody: string } | { readonly TemplateURL: string }) & {
  /** @default - none are given */
  readonly Parameters?: Parameter[];
};

export type Outputs = Readonly<Record<string, string>>;

/** A stack is done with in seconds, or something is wrong. */
const LONGEST_MS = 120_000;

export function stacksIn(client: CloudFormationClient): Stacks {
  const Capabilities = ['CAPABILITY_IAM' as const, 'CAPABILITY_NAMED_IAM' as const];

  async function stackOf(StackName: string): Promise<Stack | undefined> {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    return stack;
  }

  async function settled(id: string, wanted: string): Promise<Stack | undefined> {
    for (const deadline = Date.now() + LONGEST_MS; ; await sleep(100)) {
      const stack = await stackOf(id);
      const status = stack?.StackStatus ?? 'DELETE_COMPLETE';
      if (status === wanted) return stack;
      if (!status.endsWith('_IN_PROGRESS') || Date.now() > deadline) {
        throw new Error(`${wanted} was waited for, and ${status} came: ${await reasonsOf(id)}`);
      }
    }
  }

  async function reasonsOf(StackName: string): Promise<string> {
    const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
    return StackEvents.filter(({ ResourceStatus }) => ResourceStatus?.endsWith('_FAILED'))
      .map(({ LogicalResourceId, ResourceStatusReason }) => `${LogicalResourceId}: ${ResourceStatusReason}`)
      .join('; ');
  }

  return {
    async create(StackName, template) {
      const { StackId = '' } = await client.send(new CreateStackCommand({ StackName, Capabilities, ...template }));
      return outputsOf(await settled(StackId, 'CREATE_COMPLETE'));
    },
    async update(StackName, template) {
      const { StackId = '' } = await client.send(new UpdateStackCommand({ StackName, Capabilities, ...template }));
      return outputsOf(await settled(StackId, 'UPDATE_COMPLETE'));
    },
    async delete(StackName) {
      const { StackId = '' } = (await stackOf(StackName)) ?? {};
      await client.send(new DeleteStackCommand({ StackName }));
      await settled(StackId, 'DELETE_COMPLETE');
    },
  };
}

function outputsOf(stack: Stack | undefined): Outputs {
  return Object.fromEntries(
    (stack?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [String(OutputKey), String(OutputValue)]),
  );
}
