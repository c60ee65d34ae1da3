import { createHash } from 'node:crypto';

/** How the name of the topic of `owner` ends: what can be read of the owner, and what tells it from others. */
export function ownerTopicEnd(owner: string): string {
  return `${owner.replace(/[^\w-]/g, '-')}-${createHash('sha256').update(owner).digest('hex').slice(0, 8)}`;
}
