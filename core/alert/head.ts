import { createHash } from 'node:crypto';
import type { Call } from '../call';
import type { Finding } from '../findings';
import { optional, textOf } from '../base/members';
import { plain } from '../base/plain-text';
import type { AlertSeverity } from '../base/severity';
import { reaches, type Whose } from '../settings';
import type { AlertOptions } from './options';

/** What tells one alert from another: all that has to be known of one that is not sent. Its texts are safe to show. */
export interface Head {
  /** That of the burst it stands for, else that of the call. */
  readonly uid: string;
  /** That of the most severe finding. */
  readonly severity: AlertSeverity;
  /** The id of that finding's rule. */
  readonly rule: string;
  readonly eventName: string;
  /** The name of the domain; `undefined` for a call that is about none. */
  readonly domain?: string;
  readonly accountId: string;
  readonly region: string;
  /** Whose what the call is about is. */
  readonly owner?: string;
  /** The owner is told, too: the alert is as severe as it wants to hear of. */
  readonly isForOwner: boolean;
}

export const NOBODYS: Whose = { minimumSeverity: 'LOW' };

/** @param worst the most severe finding */
export function toHead(
  call: Call,
  worst: Finding,
  severity: AlertSeverity,
  { burst, whose = NOBODYS }: AlertOptions,
): Head {
  return {
    uid: burst?.uid ?? uidOf(call),
    severity,
    rule: worst.rule.id,
    eventName: plain(call.eventName, 100) || 'a call without a name',
    ...optional('domain', textOf(plain(call.domain?.name ?? '', 100))),
    accountId: plain(call.accountId, 20) || 'unknown account',
    region: plain(call.region, 30) || 'unknown region',
    ...optional('owner', textOf(plain(whose.owner ?? '', 64))),
    isForOwner: whose.owner !== undefined && reaches(severity, whose.minimumSeverity),
  };
}

/** The call's own; one that could not be shown as it is, which AWS never made, is told by its digest. */
function uidOf({ uid }: Call): string {
  return /^[\x21-\x7e]{1,128}$/.test(uid) ? uid : createHash('sha256').update(uid).digest('hex');
}
