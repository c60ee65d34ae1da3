import { readPublicKeys, type PublicKeys } from '../../core/digest';
import { sdk } from './sdk';

/** The public keys of CloudTrail in a region, of digests between two times, by its SDK. */
export async function publicKeysOf(region: string, from: Date, to: Date): Promise<PublicKeys> {
  const { CloudTrailClient, ListPublicKeysCommand } = await sdk(
    '@aws-sdk/client-cloudtrail',
    'verify',
    () => import('@aws-sdk/client-cloudtrail'),
  );
  const client = new CloudTrailClient({ region, maxAttempts: 5 });
  return readPublicKeys(await client.send(new ListPublicKeysCommand({ StartTime: from, EndTime: to })));
}
