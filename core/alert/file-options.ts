import { flagOf, isObject, memberOf, numberOf, textOf } from '../base/members';
import { valueIn, type Change } from '../domain';
import type { Call } from '../call';
import type { Step } from './advice';
import { filledIn, isPasteable, jsonArgument } from './command';
import { setsBack } from './restore';
import type { Restorable } from './restorable';

/** An option of a rule's command whose value is JSON: `--cluster-config file://cluster.json`. */
const FILE_OPTION = /(--[a-z-]+) file:\/\/([\w-]+\.json)/;

/** What such an option takes. */
interface Option {
  /** The block of a domain's configuration it sets, in CloudTrail's spelling. */
  readonly block: string;
  /** What the file has to hold, where nobody knows the values. */
  readonly holds: (call: Call) => string;
  /** The value that turns on again what the call turned off, as far as its record and what held before tell. */
  readonly turnedOn?: (call: Call, change?: Change) => object | undefined;
}

const OPTIONS: Readonly<Record<string, Option>> = {
  '--log-publishing-options': {
    block: 'logPublishingOptions',
    holds: logsToWrite,
    turnedOn: logsTurnedOn,
  },
  '--cluster-config': {
    block: 'clusterConfig',
    holds: () =>
      'the cluster as it should be: {"DedicatedMasterEnabled":true,"DedicatedMasterType":"TYPE","DedicatedMasterCount":3}',
    turnedOn: clusterTurnedOn,
  },
  '--advanced-security-options': {
    block: 'advancedSecurityOptions',
    holds: () => 'a master user of yours: {"Enabled":true,"MasterUserOptions":{"MasterUserARN":"ARN"}}',
  },
  '--cognito-options': {
    block: 'cognitoOptions',
    holds: () => 'the pools and the role: {"Enabled":true,"UserPoolId":"ID","IdentityPoolId":"ID","RoleArn":"ARN"}',
  },
};

/** Whether a command takes an option from a file that its reader would have to write. */
export const takesFile = (command: string): boolean => FILE_OPTION.test(command);

/**
 * A rule's command that takes an option from a file, with the value in its place where it is known; where it is not, what
 * the file has to hold. Nothing where the command that sets back the whole call says it.
 */
export function fileSteps(
  template: string,
  call: Call,
  restorable: Restorable,
  isRestored: boolean,
  change?: Change,
): readonly Step[] {
  const [argument = '', name = '', file = ''] = FILE_OPTION.exec(template) ?? [];
  const option = OPTIONS[name];
  if (option && isRestored && setsBack(restorable, option.block)) return [];
  const value = option?.turnedOn?.(call, change);
  const command = filledIn(template, call);
  const inline = value && command.replace(argument, () => `${name} ${jsonArgument(value)}`);
  if (inline !== undefined && isPasteable(inline)) return [{ command: inline }];
  return [
    { says: `Write ${file} first. It takes ${option?.holds(call) ?? 'the value that should hold, as JSON.'}`, command },
  ];
}

/** The log types a call turns off, or publishes elsewhere; names no stranger chose. */
function logTypesIn(call: Call): readonly string[] {
  const asked = memberOf(call.request, 'logPublishingOptions');
  return isObject(asked) ? Object.keys(asked).filter((type) => /^\w{1,40}$/.test(type)) : [];
}

function logsToWrite(call: Call): string {
  const types = logTypesIn(call).slice(0, 5);
  const options = types.map((type) => `"${type.toUpperCase()}":{"CloudWatchLogsLogGroupArn":"ARN","Enabled":true}`);
  return `each log type with its log group: {${options.join(',')}}`;
}

/** A log group of the call's own account. */
const LOG_GROUP = /^arn:[a-z-]+:logs:[a-z0-9-]+:(\d{12}):log-group:[\w./#-]{1,512}(:\*)?$/;

/** Every log type the call turned off with its log group; `undefined` where one is not known to be of the own account. */
function logsTurnedOn(call: Call, change?: Change): object | undefined {
  const groups = logTypesIn(call).map((type) => {
    const asked = memberOf(call.request, 'logPublishingOptions', type);
    const known = [
      memberOf(asked, GROUP),
      valueIn(change?.before, 'logPublishingOptions', type, GROUP),
      memberOf(call.response, 'domainConfig', 'logPublishingOptions', 'options', type, GROUP),
    ];
    const group = known.map(textOf).find((arn) => LOG_GROUP.exec(arn ?? '')?.[1] === call.domain?.accountId);
    return flagOf(memberOf(asked, 'enabled')) === false ? { type, group } : undefined;
  });
  const off = groups.filter((each) => each !== undefined);
  if (off.length === 0 || off.some(({ group }) => group === undefined)) return undefined;
  const options = off.map(({ type, group }) => [
    type.toUpperCase(),
    { CloudWatchLogsLogGroupArn: group, Enabled: true },
  ]);
  return Object.fromEntries(options) as object;
}

const GROUP = 'cloudWatchLogsLogGroupArn';

/** Every protection of the cluster the call turned off. Dedicated masters need their type and number. */
function clusterTurnedOn(call: Call): object | undefined {
  const isOff = (flag: string): boolean => flagOf(memberOf(call.request, 'clusterConfig', flag)) === false;
  const held = (name: string): unknown => memberOf(call.response, 'domainConfig', 'clusterConfig', 'options', name);
  const type = textOf(held('dedicatedMasterType'));
  const count = numberOf(held('dedicatedMasterCount'));
  const mastersAreOff = isOff('dedicatedMasterEnabled');
  const isKnown = /^[a-z0-9.]{1,40}$/.test(type ?? '') && count !== undefined;
  const on = {
    ...(isOff('zoneAwarenessEnabled') && { ZoneAwarenessEnabled: true }),
    ...(isOff('multiAZWithStandbyEnabled') && { MultiAZWithStandbyEnabled: true }),
    ...(mastersAreOff && { DedicatedMasterEnabled: true, DedicatedMasterType: type, DedicatedMasterCount: count }),
  };
  return Object.keys(on).length > 0 && (!mastersAreOff || isKnown) ? on : undefined;
}
