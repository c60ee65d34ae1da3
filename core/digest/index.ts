/* CloudTrail's digest files: what was delivered, hour by hour, each signed and tied to the one before. */

export { chainNameOf, chainsIn, type Chain, type ChainBreak } from './chain';
export { compared, type Compared, type SeenLogFile } from './compare';
export type { Deviation, DeviationKind } from './deviation';
export { isBackfill, readDigest, type Digest, type DigestLink, type ListedLogFile } from './digest';
export { contentHash } from './hash';
export { placeOf, type DigestPlace } from './place';
export {
  isTimely,
  newsSpans,
  SILENT_AFTER,
  toChainNews,
  type ChainGroup,
  type ChainNews,
  type HeardChain,
  type NewsSpans,
  type Span,
} from './silent';
export { readPublicKeys, signatureProblem, type PublicKeys } from './signature';
export { isCalledAsLogFile, unlistedIn } from './unlisted';
