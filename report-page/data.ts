import type { PageCall, PageData, PageDetails, PageDomain, PageExposure } from '../cli/render/report-data';

export type { PageCall, PageData, PageDetails, PageDomain, PageExposure };

/** A call with the domain it is about, as the page looks at it. */
export interface Row {
  readonly at: number;
  readonly call: PageCall;
  readonly domain: PageDomain | undefined;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** What a search looks through, in lower case. */
  readonly text: string;
}

const textIn = (id: string): string => document.getElementById(id)?.textContent ?? '';

/** The report, without what is shown of a call only when somebody opens it. */
export const data = JSON.parse(textIn('report')) as PageData;

/** All calls in the order of time. */
export const rows: readonly Row[] = data.calls.map((call, at) => {
  const domain = call.domain === null ? undefined : data.domains[call.domain];
  const caller = data.callers[call.caller] ?? '';
  const parts = [call.event, domain?.name, domain?.account, domain?.region, caller, call.says, ...call.rules, call.uid];
  return { at, call, domain, time: Date.parse(call.time), text: parts.join(' ').toLowerCase() };
});

const chunks = new Map<number, readonly PageDetails[]>();

/** What is shown of a call when it is opened: parsed with its neighbours when the first of them is. */
export function detailsOf({ at }: Row): PageDetails | undefined {
  const chunk = Math.floor(at / data.detailsInChunk);
  const known = chunks.get(chunk) ?? (JSON.parse(textIn(`details-${chunk}`) || '[]') as readonly PageDetails[]);
  chunks.set(chunk, known);
  return known[at % data.detailsInChunk];
}
