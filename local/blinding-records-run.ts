import { gzipSync } from 'node:zlib';
import { memberOf, textOf } from '../core/base/members';
import { resourceNameIn, watchedNamesIn } from '../core/base/resource-name';
import { blindingRecords, LOG_KEY } from '../test/whole/blinding-records';
import { OWN } from '../test/support/records';
import { ACCOUNT, REGION } from './plan';
import { keyOf } from './risky-log-file';
import type { RunningStack } from './running-stack';

/** How an act that blinds was told of its records. */
export interface ToldByRecord {
  /** As docs/threat-model.md calls it. */
  readonly act: string;
  /** `rule SEVERITY` of each record, in their order; `undefined` where nothing came. */
  readonly rules: readonly (string | undefined)[];
  /** From the upload of the log file to the last alert, in milliseconds. */
  readonly after: number;
}

/** Acts whose records are of resources that the stack of the local run has not. */
const ELSEWHERE = (record: object): boolean => JSON.stringify(record).includes(LOG_KEY);

/**
 * Delivers the records of each act to a running stack, a log file for each act, on the names that its function is told.
 * @param archive endpoint of a subscription for machines
 */
export async function playRecords(stack: RunningStack, archive: string): Promise<readonly ToldByRecord[]> {
  const { environment } = stack.plan.function;
  const names = [...watchedNamesIn(environment['WATCHED'] ?? ''), environment['TABLE_NAME'] ?? ''].map((name) =>
    resourceNameIn(name).replace(/-?\*$/, '-AbCdEfGhIjKl'),
  );
  const of = (id: string): string => {
    const wanted = new RegExp(`^EsConfigMonitor-${id}([0-9A-F]{6,8})?(-AbCdEfGhIjKl)?$`, 'i');
    const name = names.find((each) => wanted.test(each));
    if (name === undefined) throw new Error(`the function is told no name of ${id}; it is told ${names.join(', ')}`);
    return name;
  };
  const told: ToldByRecord[] = [];
  for (const [act, records] of Object.entries(blindingRecords(of))) {
    const here = records
      .filter((record) => !ELSEWHERE(record))
      .map((record, at) => ({ ...local(record), eventID: idOf(act, at) }));
    if (here.length === 0) continue;
    const start = Date.now();
    await stack.upload(keyOf(`act-${told.length}`), gzipSync(JSON.stringify({ Records: here })));
    const ruleOf = (eventID: string): string | undefined => ruleIn(stack, archive, eventID);
    const ids = here.map(({ eventID }) => eventID);
    await stack.until(`"${act}" is told`, () => ids.every((id) => ruleOf(id) !== undefined)).catch(() => undefined);
    told.push({ act, rules: ids.map(ruleOf), after: Date.now() - start });
  }
  return told;
}

const idOf = (act: string, at: number): string => `${act.replace(/[^a-z]+/gi, '-')}-${at}`;

/** In the account and region of the local run. */
const local = (record: object): object =>
  JSON.parse(JSON.stringify(record).replaceAll(OWN, ACCOUNT).replaceAll('eu-west-1', REGION)) as object;

function ruleIn({ inbox }: RunningStack, archive: string, eventID: string): string | undefined {
  for (const { endpoint, message } of inbox) {
    if (endpoint !== archive || !message.includes(eventID)) continue;
    const body: unknown = JSON.parse(message);
    return `${textOf(memberOf(body, 'finding_info', 'analytic', 'uid')) ?? ''} ${(textOf(memberOf(body, 'severity')) ?? '').toUpperCase()}`;
  }
  return undefined;
}
