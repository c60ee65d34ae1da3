import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { isObject, memberOf, textOf } from '../base/members';
import { plain } from '../base/plain-text';
import type { Digest } from './digest';

/** CloudTrail's public keys, by fingerprint. Each region has its own. */
export type PublicKeys = ReadonlyMap<string, KeyObject>;

/**
 * The keys in an answer of `aws cloudtrail list-public-keys`, or of several.
 * @throws Error where there is none in it, or one that is no key
 */
export function readPublicKeys(answer: unknown): PublicKeys {
  const lists = (Array.isArray(answer) ? (answer as readonly unknown[]) : [answer]).map((one) =>
    isObject(one) ? (memberOf(one, 'PublicKeyList') ?? [one]) : [],
  );
  const entries = lists.flatMap((list): readonly unknown[] => (Array.isArray(list) ? list : []));
  const keys = entries.flatMap((entry) => {
    const fingerprint = textOf(memberOf(entry, 'Fingerprint'));
    return fingerprint === undefined ? [] : [[fingerprint, toKey(memberOf(entry, 'Value'), fingerprint)] as const];
  });
  if (keys.length === 0) throw new Error('no public key in it; allowed: what aws cloudtrail list-public-keys answers');
  return new Map(keys);
}

/** DER in PKCS #1; in an example of AWS's documentation there is one in SPKI. */
function toKey(value: unknown, fingerprint: string): KeyObject {
  const key = value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(textOf(value) ?? '', 'base64');
  for (const type of ['pkcs1', 'spki'] as const) {
    try {
      return createPublicKey({ key, format: 'der', type });
    } catch {
      // It is in the other form, or none of them.
    }
  }
  throw new Error(`public key ${plain(fingerprint, 64)} is no RSA key in DER`);
}

/**
 * What is wrong with the signature of a digest, a clause; `undefined` where it is CloudTrail's.
 * @param signature in hex, from the metadata of the object or from the next digest
 */
export function signatureProblem(digest: Digest, signature: string, keys: PublicKeys): string | undefined {
  const key = keys.get(digest.fingerprint);
  if (key === undefined) {
    return `no public key has its fingerprint ${plain(digest.fingerprint, 64)}: the keys are those of another region or time`;
  }
  const isHex = /^(?:[0-9a-f]{2})+$/i.test(signature);
  const isSigned = isHex && verify('RSA-SHA256', Buffer.from(signedText(digest)), key, Buffer.from(signature, 'hex'));
  return isSigned ? undefined : 'its signature is not that of CloudTrail over what it says';
}

/** Where there is no digest before it, CloudTrail signs the word `null`. */
const signedText = ({ end, bucket, key, hash, previous }: Digest): string =>
  [end, `${bucket}/${key}`, hash, previous?.signature ?? 'null'].join('\n');
