/** Severities in Security Hub's words, lowest first. `INFORMATIONAL` is counted and never sent. */
export const SEVERITIES = ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;

/** How bad a finding is. */
export type Severity = (typeof SEVERITIES)[number];

/** The severities that are sent: each has an alert topic of its own. */
export const ALERT_SEVERITIES = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;

/** How bad an alert is. */
export type AlertSeverity = (typeof ALERT_SEVERITIES)[number];

export function isSeverity(value: unknown): value is Severity {
  return SEVERITIES.some((severity) => severity === value);
}

export function isAlertSeverity(value: unknown): value is AlertSeverity {
  return ALERT_SEVERITIES.some((severity) => severity === value);
}

/** Negative where `a` is milder than `b`, positive where it is worse: sorts mildest first. */
export function compareSeverity(a: Severity, b: Severity): number {
  return SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b);
}

/** One step milder, never below `LOW`: a finding is never hidden by a step. `INFORMATIONAL` stays. */
export function oneStepLower(severity: Severity): Severity {
  return severity === 'INFORMATIONAL' ? severity : (SEVERITIES[Math.max(1, SEVERITIES.indexOf(severity) - 1)] ?? 'LOW');
}

/** One step worse, never above `CRITICAL`. `INFORMATIONAL` stays: what changes nothing is not raised. */
export function oneStepHigher(severity: Severity): Severity {
  return severity === 'INFORMATIONAL' ? severity : (SEVERITIES[SEVERITIES.indexOf(severity) + 1] ?? 'CRITICAL');
}

/** The worst of them; of none, `INFORMATIONAL`. */
export function worstOf(severities: readonly Severity[]): Severity {
  return severities.reduce<Severity>(
    (worst, next) => (compareSeverity(next, worst) > 0 ? next : worst),
    'INFORMATIONAL',
  );
}
