import type { Template } from 'aws-cdk-lib/assertions';
import { memberOf } from '../../core/base/members';
import { readOrder, type Expected, type Found, type Kind, type Order } from '../../core/state';
import type { ChainEffects } from '../../lambda/state-check/chains';
import { resolve, type Names, type Template as Synthesized } from '../../local/template';

const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';

/** Names that CloudFormation might have made up. */
const names: Names = {
  pseudo: {
    'AWS::Region': REGION,
    'AWS::AccountId': ACCOUNT,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackId': `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/EsConfigMonitor/1`,
  },
  attributes: {
    get: (id: string) =>
      new Proxy<Record<string, string>>({}, { get: (_, name) => (name === 'Ref' ? id : `${id}.${String(name)}`) }),
  } as unknown as Names['attributes'],
};

/** What the schedule of a template hands to each check. */
export function orderIn(template: Template): Order {
  const synthesized = template.toJSON() as unknown as Synthesized;
  const [schedule] = Object.values(synthesized.Resources).filter(({ Type }) => Type === 'AWS::Scheduler::Schedule');
  if (!schedule) throw new Error('the template has no schedule');
  const input = resolve(memberOf(schedule.Properties, 'Target', 'Input'), synthesized, names);
  return readOrder(JSON.parse(String(input)));
}

/** Everything as it was deployed, confirmed and heard. */
export function wellOf({ expected }: Order): readonly Found[] {
  return expected.map(({ kind, must }): Found => {
    if (kind === 'topic') return { ...must, isHeard: true };
    if (kind === 'function') return { ...must, codeSha256: 'as-deployed' };
    return kind === 'notification' ? { ...must, all: {} } : must;
  });
}

/** The same, but for one resource: the first of a kind whose name begins like this, with other members. */
export function wellBut(order: Order, kind: Kind, nameStart: string, found: Change): readonly Found[] {
  const at = order.expected.findIndex((one: Expected) => one.kind === kind && one.name.startsWith(nameStart));
  if (at < 0) throw new Error(`nothing of kind ${kind} begins with '${nameStart}'`);
  return wellOf(order).map((well, index) => {
    if (index !== at || typeof well === 'string') return well;
    if (typeof found === 'string') return found;
    return 'unreadable' in found ? (found as Found) : { ...well, ...found };
  });
}

/** What a resource is instead of as it was deployed. */
export type Change = 'missing' | Readonly<Record<string, unknown>>;

/** No digests were ever followed. */
export const NO_CHAINS: ChainEffects = {
  lastLook: async () => undefined,
  newsIn: async () => [],
  countHeard: async () => 0,
  keepLook: async () => undefined,
};
