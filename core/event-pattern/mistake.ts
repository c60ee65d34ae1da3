/** What stops an event pattern: where, what is there and what may be there. `at` is a JSON path such as `$.a[0].prefix`. */
export function mistake(at: string, got: unknown, allowed: string): Error {
  return new Error(`event pattern ${at} is ${shown(got)}; allowed: ${allowed}`);
}

export function memberAt(at: string, name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `${at}.${name}` : `${at}[${JSON.stringify(name)}]`;
}

export const itemAt = (at: string, index: number): string => `${at}[${index}]`;

const LONGEST = 80;

function shown(value: unknown): string {
  const text = isJson(value) ? JSON.stringify(value) : typeof value === 'number' ? `${value}` : typeof value;
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

const isJson = (value: unknown): boolean =>
  ['string', 'boolean', 'object'].includes(typeof value) || Number.isFinite(value);
