import { toCall } from '../../../core/call';
import { consoleLinkOf } from '../../../core/alert/console-link';

function linkOf(region: string, domainName = 'logs'): string | undefined {
  const call = toCall({ eventSource: 'es.amazonaws.com', awsRegion: region, requestParameters: { domainName } });
  return call && consoleLinkOf(call);
}

test.each([
  ['eu-west-1', 'https://eu-west-1.console.aws.amazon.com/aos/home?region=eu-west-1#opensearch/domains/logs'],
  ['il-central-1', 'https://il-central-1.console.aws.amazon.com/aos/home?region=il-central-1#opensearch/domains/logs'],
  ['us-gov-west-1', 'https://console.amazonaws-us-gov.com/aos/home?region=us-gov-west-1#opensearch/domains/logs'],
  ['cn-north-1', 'https://console.amazonaws.cn/aos/home?region=cn-north-1#opensearch/domains/logs'],
  ['eusc-de-east-1', 'https://console.amazonaws-eusc.eu/aos/home?region=eusc-de-east-1#opensearch/domains/logs'],
])('a domain in %s is found in the console of its partition', (region, link) => {
  expect(linkOf(region)).toBe(link);
});

test.each(['us-iso-east-1', 'us-isob-east-1', 'us-isof-south-1', 'eu-isoe-west-1'])(
  'a domain in %s, an isolated partition, has no link',
  (region) => {
    expect(linkOf(region)).toBeUndefined();
  },
);

test.each([
  ['a region that is none', 'evil.example/', 'logs'],
  ['a domain that is none', 'eu-west-1', 'logs/../evil'],
])('%s has no link', (_, region, domain) => {
  expect(linkOf(region, domain)).toBeUndefined();
});
