import { readFileSync } from 'node:fs';
import { textOfError } from '../../core/base/error-text';
import { plain } from '../../core/base/plain-text';
import { readPublicKeys, type PublicKeys } from '../../core/digest';
import { command } from '../command';
import { UsageError } from '../console';
import { quoted } from '../quoted';
import { verifiedJson, verifiedText } from '../render/verified';
import { publicKeysOf } from '../sources/public-keys';
import { s3BucketOf } from '../sources/s3';
import { readTime } from '../times';
import type { Asked } from '../verify/delivered';
import { deliveredInBucket, type BucketEffects } from '../verify/in-bucket';
import { deliveredInFolder } from '../verify/in-folder';
import { hasObjection, isIncomplete, verified } from '../verify/verified';

/** `verify`: whether all log files that CloudTrail delivered are there, as it delivered them. */
export const verifyWith = (effects: BucketEffects) =>
  command({
    name: 'verify',
    summary: "Proves from CloudTrail's digest files that no log file is missing, altered or added.",
    description:
      'A PATH is a folder, as aws s3 sync leaves it, or s3://BUCKET/PREFIX. Digests are there where the trail validates log files. In a bucket the signatures are checked, with keys that CloudTrail is asked for; in a folder hashes and links alone, unless the keys are given. Verifying a bucket asks s3:ListBucket, s3:GetObject and cloudtrail:ListPublicKeys.',
    operands: { name: 'PATH', least: 1, most: 1 },
    options: {
      from: {
        type: 'text',
        value: 'TIME',
        description: 'digests from then on: a day, a time, or 7d for days before now',
      },
      to: { type: 'text', value: 'TIME', description: 'digests until then; of a bucket, until now' },
      account: { type: 'texts', value: 'ID', description: 'the accounts to verify; without it all' },
      region: { type: 'texts', value: 'REGION', description: 'the regions to verify; without it all' },
      'public-keys': {
        type: 'texts',
        value: 'FILE',
        description: 'what aws cloudtrail list-public-keys answered, for the signatures; of each region one',
      },
      format: {
        type: 'choice',
        value: 'text|json',
        allowed: ['text', 'json'],
        default: 'text',
        description: 'for people, or for machines',
      },
    },
    examples: [
      { args: '--from 7d s3://my-trail-bucket/', gives: 'a proof of the last week, signatures included' },
      { args: 'november/', gives: 'hashes and links of what was downloaded' },
      {
        args: '--public-keys keys.json --format json november/',
        gives:
          'signatures as well, as far as they are in the digests; of the newest it is in the metadata of the object alone',
      },
    ],
    exitCodes: {
      0: 'all log files are there as they were delivered',
      1: 'a log file or a digest is missing, altered or added, or a chain is broken',
      2: 'there was no digest, or something could not be read',
    },

    async run({ options, operands: [operand = ''] }, console) {
      const now = new Date(effects.now());
      const timeOf = (name: 'from' | 'to', end: 'beginning' | 'end'): number | undefined =>
        options[name] === undefined ? undefined : readTime(name, options[name], now, end).getTime();
      const asked: Asked = {
        from: timeOf('from', 'beginning'),
        to: timeOf('to', 'end'),
        accounts: options.account,
        regions: options.region,
      };
      if ((asked.from ?? 0) > (asked.to ?? now.getTime())) throw new UsageError('--from is after --to');
      const keys = keysIn(options['public-keys']);
      const delivered = operand.startsWith('s3://')
        ? await deliveredInBucket(operand, asked, keys, console, effects)
        : await deliveredInFolder([operand], asked, keys, console);
      const result = verified(delivered);
      for (const { name, why } of result.unread) console.err(`${plain(name, 1000)}: ${plain(why, 1000)}\n`);
      console.out(options.format === 'json' ? verifiedJson(result) : verifiedText(result, console));
      return isIncomplete(result) ? 2 : hasObjection(result) ? 1 : 0;
    },
  });

export const verifyCommand = verifyWith({ bucketOf: s3BucketOf, publicKeysOf, now: Date.now });

/** @throws UsageError for a file that holds none */
function keysIn(files: readonly string[]): PublicKeys | undefined {
  if (files.length === 0) return undefined;
  return new Map(
    files.flatMap((file) => {
      try {
        return [...readPublicKeys(JSON.parse(readFileSync(file, 'utf8')))];
      } catch (error) {
        throw new UsageError(`--public-keys ${quoted(file)} cannot be read: ${plain(textOfError(error), 1000)}`);
      }
    }),
  );
}
