import { plain } from '../base/plain-text';
import type { Witness } from '.';

/** `an unsigned GET from 203.0.113.10 to /_search is allowed by statement 1`. Quotes texts of the policy. */
export function witnessSentence({ request, statement }: Witness): string {
  const { signer, method, path, address, claims } = request;
  const article = signer === undefined || /^[AEIOU]/.test(method) ? 'an' : 'a';
  const who = signer === undefined ? 'unsigned ' : '';
  const signed = signer === undefined ? '' : ` signed by ${plain(signer.arn, 200)}`;
  const from = address === undefined ? 'inside the VPC' : plain(address, 60);
  const claimed = Object.entries(claims)
    .filter(([key]) => address !== undefined || !/^aws:sourcevpce?$/.test(key) || !OF_ANYBODY.has(claims[key] ?? ''))
    .map(([key, value]) => `${plain(key, 60)} ${plain(value, 100)}`);
  const saying = claimed.length > 0 ? ` with ${claimed.join(' and ')}` : '';
  return `${article} ${who}${method}${signed} from ${from} to ${plain(path, 200)}${saying} is allowed by statement ${statement}`;
}

/** What requests inside a VPC have that nobody asked for. */
const OF_ANYBODY: ReadonlySet<string> = new Set(['vpc-0any', 'vpce-0any']);
