import { Token } from 'aws-cdk-lib';
import { isObject } from '../core/base/members';
import { isDomainName } from '../core/call';
import { DOCUMENT_NAME, shown } from '../core/settings';
import type { EsConfigMonitorWayBackProps } from './es-config-monitor-way-back';
import { hasMethod, isUnknownYet, isWhole, namesAmong, wrongAmong, type Kind } from './props/kind';
import { isSubscription } from './subscribers';

const isTextList = (value: unknown): boolean =>
  Array.isArray(value) && Array.from(value as readonly unknown[]).every((item) => typeof item === 'string');

const KINDS: Readonly<Record<keyof EsConfigMonitorWayBackProps, Kind>> = {
  domains: { mustBe: 'a list of names of domains', is: isTextList },
  approvers: { mustBe: 'a list of ARNs of IAM roles and users', is: isTextList },
  requiredApprovals: { mustBe: 'a number', is: (value) => typeof value === 'number' },
  subscribers: {
    mustBe: 'a list of classes of aws-cdk-lib/aws-sns-subscriptions',
    is: (value) => Array.isArray(value) && value.every(isSubscription),
  },
  approveWithin: {
    mustBe: 'a Duration, such as Duration.hours(1)',
    is: (value) => ['toSeconds', 'toIsoString'].every((name) => hasMethod(value, name)) && !isUnknownYet(value),
  },
  documentName: { mustBe: 'a text', is: (value) => typeof value === 'string' },
};

const NAMES = Object.keys(KINDS);

/** Everything that is wrong with the props of a way back, whoever wrote them, in the operator's words. Total on any value. */
export function wayBackProblems(props: unknown): string[] {
  if (!isObject(props)) return [`the props must be an object, got ${shown(props)}`];
  const wrong = wrongAmong(props, KINDS);
  const right: Partial<EsConfigMonitorWayBackProps> = Object.fromEntries(
    // Members of classes are inherited.
    NAMES.filter((name) => !wrong.has(name)).map((name) => [name, props[name]]),
  );
  const missing = ['domains', 'approvers'].filter((name) => props[name] === undefined);
  return [
    ...namesAmong(props, NAMES),
    ...missing.map((name) => `'${name}' is missing`),
    ...wrong.values(),
    ...domainProblems(right),
    ...approverProblems(right),
    ...timeProblems(right),
    ...documentProblems(right),
  ];
}

/** What only the deployment knows. */
const isFine = (text: string, isRight: (text: string) => boolean): boolean => Token.isUnresolved(text) || isRight(text);

function domainProblems({ domains }: Partial<EsConfigMonitorWayBackProps>): string[] {
  if (domains?.length === 0) return ["'domains' is empty; allowed: names of domains"];
  return (domains ?? [])
    .filter((name) => !isFine(name, isDomainName))
    .map((name) => `'domains' has ${shown(name)}; allowed: names of 3 to 28 of a-z, 0-9 and -`);
}

const APPROVER = /^arn:[a-z-]+:(iam|sts)::\d{12}:(role|user|assumed-role)\/[\w+=,.@/-]+$/;

function approverProblems({ approvers, requiredApprovals = 1 }: Partial<EsConfigMonitorWayBackProps>): string[] {
  if (approvers === undefined) return [];
  const people = new Set(approvers).size;
  const isPossible = Number.isInteger(requiredApprovals) && requiredApprovals >= 1 && requiredApprovals <= people;
  return [
    ...(approvers.length >= 1 && approvers.length <= 10
      ? []
      : [`'approvers' has ${approvers.length}; allowed: 1 to 10`]),
    ...approvers
      .filter((arn) => !isFine(arn, (text) => APPROVER.test(text)))
      .map((arn) => `'approvers' has ${shown(arn)}; allowed: ARNs of IAM roles and users`),
    ...(isPossible
      ? []
      : [`'requiredApprovals' is ${shown(requiredApprovals)}; allowed: 1 to the number of approvers, ${people}`]),
  ];
}

const LONGEST_WAIT = 30 * 24 * 3600;

function timeProblems({ approveWithin }: Partial<EsConfigMonitorWayBackProps>): string[] {
  if (approveWithin === undefined || isWhole(approveWithin, 'toSeconds', LONGEST_WAIT, 60)) return [];
  return [`'approveWithin' is ${approveWithin.toIsoString()}; allowed: one minute to 30 days, in whole seconds`];
}

function documentProblems({ documentName }: Partial<EsConfigMonitorWayBackProps>): string[] {
  if (documentName === undefined || isFine(documentName, (name) => DOCUMENT_NAME.test(name))) return [];
  return [`'documentName' is ${shown(documentName)}; allowed: 3 to 128 letters, digits and ._-`];
}
