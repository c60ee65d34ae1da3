/** The parts of an ARN that judgement reads. Source: `arn:partition:service:region:account:resource`. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  /** Twelve digits, or empty where the service's ARNs have no account. */
  readonly accountId: string;
  readonly resource: string;
}

/** The ARN in `text`, or `undefined` where the text is not one. */
export function readArn(text: string | undefined): Arn | undefined {
  const [scheme, partition, service, region, accountId, ...resource] = text?.split(':') ?? [];
  if (scheme !== 'arn' || !partition || !service || region === undefined || accountId === undefined) return undefined;
  return { partition, service, region, accountId, resource: resource.join(':') };
}

const PARTITION_OF_REGION: readonly (readonly [prefix: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['us-isof-', 'aws-iso-f'],
  ['eu-isoe-', 'aws-iso-e'],
  ['eusc-', 'aws-eusc'],
];

/** The partition of a region, told by the beginning of its name: `aws` unless it is another's. */
export function partitionOf(region: string): string {
  return PARTITION_OF_REGION.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}

/** An account that is nobody's in particular. */
export const STRANGER = '999999999999';
