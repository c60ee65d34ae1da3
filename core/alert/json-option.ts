import { flagOf, isObject, memberOf, numberOf, textOf } from '../base/members';
import { valueIn, type Change } from '../domain';
import type { Call } from '../call';
import type { Step } from './advice';
import { filledIn, isPasteable, jsonArgument, toStep } from './command';
import { isSetBack, type Restorable } from './restorable';

/** An option of a rule's command whose value is JSON: `--cluster-config '{"ZoneAwarenessEnabled":true}'`. */
const JSON_OPTION = /(?<= )(--[a-z-]+) '(\{"[^']*\})'/;

/**
 * The value of an option that turns on again what the call turned off; what no record tells stands in it as `{LOG_GROUP_ARN}`. Other
 * options have the value that the rule has.
 */
const TURNED_ON: Readonly<Record<string, (call: Call, change?: Change) => object | undefined>> = {
  '--log-publishing-options': logsTurnedOn,
  '--cluster-config': clusterTurnedOn,
};

/** Whether a command gives JSON to an option. */
export const givesJson = (command: string): boolean => JSON_OPTION.test(command);

/**
 * A rule's command that gives JSON to an option, with the value that the call asks for; where the reader has to put in what no
 * record tells, that is said. Nothing where the command that sets back the whole call says it.
 */
export function jsonSteps(
  template: string,
  call: Call,
  restorable: Restorable,
  isRestored: boolean,
  change?: Change,
): readonly Step[] {
  const [argument = '', name = '', written = ''] = JSON_OPTION.exec(template) ?? [];
  const turnedOn = TURNED_ON[name];
  const value = turnedOn ? turnedOn(call, change) : (JSON.parse(written) as object);
  if (value === undefined || (isRestored && isSetBack(restorable, leafPaths(value, [blockOf(name)])))) return [];
  const command = filledIn(template, call).replace(argument, () => `${name} ${jsonArgument(value)}`);
  if (!isPasteable(command)) return [];
  return [toStep(command)];
}

/** An option of a rule's command with a value of its own: `--domain-endpoint-options EnforceHTTPS=true`. */
const PLAIN_OPTION = /(?<= )--([a-z-]+) ([\w.]+)=/;

/** Whether setting back what the call changed gives the domain the setting that the command is about. */
export function isOptionSetBack(template: string, restorable: Restorable): boolean {
  const [, option = '', member = ''] = PLAIN_OPTION.exec(template) ?? [];
  return isSetBack(restorable, [[blockOf(option), member]]);
}

/** The block of a domain's configuration that an option sets, in lower case. */
const blockOf = (option: string): string => option.replaceAll('-', '');

/** The path of each leaf of a value. */
function leafPaths(value: unknown, path: readonly string[]): readonly (readonly string[])[] {
  if (!isObject(value)) return [path];
  return Object.entries(value).flatMap(([name, member]) => leafPaths(member, [...path, name]));
}

/** The log types a call turns off, or publishes elsewhere; names no stranger chose. */
function logTypesIn(call: Call): readonly string[] {
  const asked = memberOf(call.request, 'logPublishingOptions');
  return isObject(asked) ? Object.keys(asked).filter((type) => /^\w{1,40}$/.test(type)) : [];
}

/** A log group of the call's own account. */
const LOG_GROUP = /^arn:[a-z-]+:logs:[a-z0-9-]+:(\d{12}):log-group:[\w./#-]{1,512}(:\*)?$/;

/** Log types in one command, so that it can be pasted. */
const MOST_TYPES = 5;

/** Every log type the call turned off or publishes elsewhere, with its log group where one of the own account is known. */
function logsTurnedOn(call: Call, change?: Change): object | undefined {
  const types = logTypesIn(call).filter((type) => isOff(type) || groupOf(type) === undefined);
  if (types.length === 0) return undefined;
  return Object.fromEntries(
    types
      .slice(0, MOST_TYPES)
      .map((type) => [type.toUpperCase(), { [GROUP]: groupOf(type) ?? '{LOG_GROUP_ARN}', Enabled: true }]),
  ) as object;

  function isOff(type: string): boolean {
    return flagOf(memberOf(call.request, 'logPublishingOptions', type, 'enabled')) === false;
  }

  function groupOf(type: string): string | undefined {
    const known = [
      memberOf(call.request, 'logPublishingOptions', type, GROUP_IN_RECORDS),
      valueIn(change?.before, 'logPublishingOptions', type, GROUP_IN_RECORDS),
      memberOf(call.response, 'domainConfig', 'logPublishingOptions', 'options', type, GROUP_IN_RECORDS),
    ];
    return known.map(textOf).find((arn) => LOG_GROUP.exec(arn ?? '')?.[1] === call.domain?.accountId);
  }
}

const GROUP = 'CloudWatchLogsLogGroupArn';
const GROUP_IN_RECORDS = 'cloudWatchLogsLogGroupArn';

/** Every protection of the cluster the call turned off. Dedicated masters need type and number. */
function clusterTurnedOn(call: Call): object | undefined {
  const isOff = (flag: string): boolean => flagOf(memberOf(call.request, 'clusterConfig', flag)) === false;
  const held = (name: string): unknown => memberOf(call.response, 'domainConfig', 'clusterConfig', 'options', name);
  const type = textOf(held('dedicatedMasterType')) ?? '';
  const masters = {
    DedicatedMasterEnabled: true,
    DedicatedMasterType: /^[a-z0-9.]{1,40}$/.test(type) ? type : '{INSTANCE_TYPE}',
    DedicatedMasterCount: numberOf(held('dedicatedMasterCount')) ?? 3,
  };
  const on = {
    ...(isOff('zoneAwarenessEnabled') && { ZoneAwarenessEnabled: true }),
    ...(isOff('multiAZWithStandbyEnabled') && { MultiAZWithStandbyEnabled: true }),
    ...(isOff('dedicatedMasterEnabled') && masters),
  };
  return Object.keys(on).length > 0 ? on : undefined;
}
