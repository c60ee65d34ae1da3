/* What CloudTrail's digests say: followed from one to the next, and sent on as log files to be checked. Loaded with the first. */

export { follow, type DigestEffects, type Followed, type KnownDigests } from './follow';
export { digestsOf, type Digests } from './wiring';
