import { compareSeverity, type AlertSeverity } from '../../core/base/severity';
import { shownIn, type History } from '../../core/scan';
import type { Claim, SentAlerts } from '../../lambda/delivery';

/** The shared record of sent alerts as a map, for invocations that run in one process. */
export interface SentAlertsInMemory extends SentAlerts {
  readonly isTold: History['isTold'];
  /** Claims as another invocation would that is still alive. */
  readonly takeAway: (claim: Claim) => void;
}

export function sentAlertsInMemory(): SentAlertsInMemory {
  const told = new Map<string, AlertSeverity>();
  const shown = new Map<string, string | undefined>();
  const claimed = new Set<string>();
  const keyOf = ({ kind, uid, to }: Claim): string => `${kind} ${uid}${to === undefined ? '' : ` to ${to}`}`;
  return {
    claim: async (claim) => {
      const key = keyOf(claim);
      const before = told.get(key);
      if (before && compareSeverity(claim.severity, before) <= 0) return 'sent';
      if (claimed.has(key)) throw new Error(`alert ${claim.uid} is being sent by another invocation`);
      claimed.add(key);
      return before ? { told: before } : {};
    },
    confirm: async (claim) => {
      claimed.delete(keyOf(claim));
      told.set(keyOf(claim), claim.severity);
      shown.set(keyOf(claim), claim.shown);
    },
    release: async (claim) => void claimed.delete(keyOf(claim)),
    isTold: async (entry) => {
      const key = `call ${entry.uid}`;
      return told.has(key) ? shown.get(key) === shownIn(entry) : undefined;
    },
    takeAway: (claim) => void claimed.add(keyOf(claim)),
  };
}
