import type { Effort } from './effort';
import type { KeyContext } from './key';
import type { Requesters } from './requesters';

/** What a policy is judged against. */
export interface Scope {
  readonly keys: KeyContext;
  /** The same where the policy names accounts itself: a unique id is then most likely of one of these. */
  readonly keysOfNamed: KeyContext;
  /** Whoever can send a request to the endpoint. */
  readonly everyone: Requesters;
  readonly domainArn: string | undefined;
  readonly dataPlane: 'domain' | 'direct-query';
  readonly effort: Effort;
}
