import { listOf, memberOf, numberOf, optional, textOf } from '../base/members';
import { ALERT_SEVERITIES, type AlertSeverity } from '../base/severity';

/** What a mail digest says of an alert; texts are as in its machine body, which is safe to show but for links. */
export interface DigestedAlert {
  readonly uid: string;
  readonly severity: AlertSeverity;
  /** In milliseconds since 1970. */
  readonly time: number;
  readonly account: string;
  /** The account's name. @default - not known */
  readonly accountName?: string;
  readonly region: string;
  /** What it is about. @default - the call is about none */
  readonly domain?: string;
  /** What the worst finding objects to. */
  readonly title: string;
  readonly operation: string;
  readonly caller: string;
  /** `denied` or `failed`; absent where the call took effect. */
  readonly attempt?: string;
  /** How many calls it tells of. */
  readonly calls: number;
}

/** The alert whose machine body `text` is; `undefined` for anything else. */
export function readDigested(text: string): DigestedAlert | undefined {
  const body = parsed(text);
  const severity = ALERT_SEVERITIES.find((one) => one === textOf(memberOf(body, 'severity'))?.toUpperCase());
  const uid = textOf(memberOf(body, 'finding_info', 'uid'));
  if (severity === undefined || uid === undefined) return undefined;
  const read = (...path: string[]): string | undefined => textOf(memberOf(body, ...path));
  const [evidence] = listOf(memberOf(body, 'evidences'));
  const [resource] = listOf(memberOf(body, 'resources'));
  const outcome = read('unmapped', 'outcome');
  return {
    uid,
    severity,
    time: numberOf(memberOf(body, 'time')) ?? 0,
    account: read('cloud', 'account', 'uid') ?? 'unknown',
    ...optional('accountName', read('cloud', 'account', 'name')),
    region: read('cloud', 'region') ?? 'unknown',
    ...optional('domain', textOf(memberOf(resource, 'name'))),
    title: read('finding_info', 'title') ?? 'unknown',
    operation: textOf(memberOf(evidence, 'api', 'operation')) ?? '',
    caller: textOf(memberOf(evidence, 'actor', 'user', 'name')) ?? '',
    ...(outcome !== undefined && outcome !== 'succeeded' && { attempt: outcome }),
    calls: numberOf(memberOf(body, 'count')) ?? 1,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
