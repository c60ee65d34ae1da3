import { partitionOf, readArn } from '../base/arn';
import { memberOf, textOf } from '../base/members';
import {
  ACCOUNT,
  REGION,
  UNKNOWN_PART,
  unknownsIn,
  type Candidate,
  type Choose,
  type Declared,
  type Request,
} from '../declared';
import type { Deployed } from './call';

/** So many accounts are taken for the own one, each in a reading of its own. */
const MOST = 3;

/**
 * Where the deployment is made. Where that is not known, the ARN tells that the policy gives the domain; else each account
 * that the declaration names may be the own one.
 */
export function placeOf({ accountId, region }: Declared, request: Request, time: string, choose: Choose): Deployed {
  const name = textOf(memberOf(request, 'DomainName')) ?? '';
  const text = JSON.stringify(request).replace(UNKNOWN_PART, '');
  const own = accountId === undefined || region === undefined ? arnsIn(text).find(isOf(name)) : undefined;
  const account = accountId ?? own?.accountId ?? accountIn(text, choose);
  const place = region ?? own?.region ?? REGION;
  return { accountId: account, region: place, partition: partitionOf(place), time };
}

const isOf =
  (name: string) =>
  ({ resource, region, accountId }: NonNullable<ReturnType<typeof readArn>>): boolean =>
    resource.replace(/\/.*$/s, '') === name &&
    name !== '' &&
    /^\d{12}$/.test(accountId) &&
    accountId !== ACCOUNT &&
    region !== REGION;

const arnsIn = (text: string) =>
  [...text.matchAll(/arn:[a-z0-9-]+:es:[a-z0-9-]+:\d{12}:domain\/[a-z0-9-]+/g)].flatMap(([arn]) => {
    const read = readArn(arn);
    return read ? [{ ...read, resource: read.resource.replace(/^domain\//, '') }] : [];
  });

function accountIn(text: string, choose: Choose): string {
  const named = [...new Set(text.match(/(?<!\d)\d{12}(?!\d)/g))]
    .filter((account) => account !== ACCOUNT)
    .slice(0, MOST);
  const another = { value: ACCOUNT, says: 'the deployment is in another account than those it names' };
  const [first, ...others] = named.map((account): Candidate<string> => ({
    value: account,
    says: `the deployment is in account ${account}`,
  }));
  return first ? choose('account', [first, ...others, another]) : ACCOUNT;
}

/** The request with the account and the Region of this reading where they stand for it, and a name where that is not known. */
export function inPlace(request: Request, { accountId, region }: Deployed, standIn: string): Request {
  const name = textOf(memberOf(request, 'DomainName')) ?? '';
  const text = JSON.stringify(request).replaceAll(ACCOUNT, accountId).replaceAll(REGION, region);
  const isKnown = unknownsIn(name).length === 0;
  return JSON.parse(isKnown ? text : text.replaceAll(JSON.stringify(name).slice(1, -1), standIn)) as Request;
}
