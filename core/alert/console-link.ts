import { partitionOf } from '../base/arn';
import { isDomainName, type Call } from '../call';

/** Where the console of each partition is. Of the isolated ones no address is published, so their alerts have no link. */
const CONSOLES: Readonly<Record<string, (region: string) => string>> = {
  aws: (region) => `${region}.console.aws.amazon.com`,
  'aws-cn': () => 'console.amazonaws.cn',
  'aws-us-gov': () => 'console.amazonaws-us-gov.com',
  'aws-eusc': () => 'console.amazonaws-eusc.eu',
};

/** The page of the domain in the console of its partition; `undefined` where there is none, or a name is no name. */
export function consoleLinkOf({ domain, region }: Call): string | undefined {
  const host = CONSOLES[partitionOf(region)];
  if (host === undefined || !isDomainName(domain?.name ?? '') || !/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(region)) {
    return undefined;
  }
  return `https://${host(region)}/aos/home?region=${region}#opensearch/domains/${domain?.name ?? ''}`;
}
