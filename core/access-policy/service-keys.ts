import { ofAccount, ofArn, ofEach, ofOrganization, type ByDistance, type ConditionKey } from './key';
import { EVERYONE, FOREIGN_SERVICES, OWN_SERVICES, SERVICES } from './requesters';

/*
 * The keys that only a service has that calls as itself: which it is, and for whose resource it acts.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceaccount
 */

const SOURCES: ByDistance = { own: OWN_SERVICES, foreign: FOREIGN_SERVICES, any: SERVICES };

const ofService = (ofValue?: Parameters<typeof ofEach>[1]): ConditionKey => ({
  having: SERVICES,
  lacking: EVERYONE,
  ...(ofValue && { compare: ofEach(SERVICES, ofValue) }),
});

export const SERVICE_KEYS: ReadonlyMap<string, ConditionKey> = new Map<string, ConditionKey>([
  ['aws:principalservicename', ofService()],
  ['aws:principalservicenameslist', ofService()],
  ['aws:sourceaccount', ofService(ofAccount(SOURCES))],
  ['aws:sourceowner', ofService(ofAccount(SOURCES))],
  ['aws:sourceorgid', ofService(ofOrganization(SOURCES))],
  ['aws:sourceorgpaths', ofService(ofOrganization(SOURCES))],
  ['aws:sourcearn', ofService(ofArn(SOURCES))],
]);
