import { partitionOf } from '../base/arn';
import { isDomainName, type Call } from '../call';

/** Where the console of each partition is. Of the isolated ones no address is published, so their alerts have no link. */
const CONSOLES: Readonly<Record<string, (region: string) => string>> = {
  aws: (region) => `${region}.console.aws.amazon.com`,
  'aws-cn': () => 'console.amazonaws.cn',
  'aws-us-gov': () => 'console.amazonaws-us-gov.com',
  'aws-eusc': () => 'console.amazonaws-eusc.eu',
};

/** The host of the console for a region; `undefined` where none is known, or it is no region. */
export function consoleOf(region: string): string | undefined {
  return /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(region) ? CONSOLES[partitionOf(region)]?.(region) : undefined;
}

/** The page of the domain in the console of its partition; `undefined` where there is none, or a name is no name. */
export function consoleLinkOf({ domain, region }: Call): string | undefined {
  const host = consoleOf(region);
  if (host === undefined || !isDomainName(domain?.name ?? '')) return undefined;
  return `https://${host}/aos/home?region=${region}#opensearch/domains/${domain?.name ?? ''}`;
}
