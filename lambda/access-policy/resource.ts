import { covers, type Selection } from './selection';
import { contains, couldBegin, matchesWildcard } from './wildcard';

/** The resources of an Allow that belong to the domain, or may where its ARN is not known; none if it reaches nothing. */
export function reachedResources(resources: Selection, domainArn: string | undefined): readonly string[] {
  if (resources.isInverted) return isLeftOut(resources, domainArn) ? [] : [everythingOf(domainArn)];
  if (domainArn === undefined) return resources.patterns;
  return resources.patterns.filter(
    (pattern) => couldBegin(pattern, `${domainArn}/`) || isDomainItself(pattern, domainArn),
  );
}

const everythingOf = (domainArn: string | undefined): string => (domainArn === undefined ? '*' : `${domainArn}/*`);

const isLeftOut = ({ patterns }: Selection, domainArn: string | undefined): boolean =>
  patterns.some((pattern) => contains(pattern, everythingOf(domainArn)));

/**
 * The domain without what is in it. Its policy applies to what is in it alone, so such a resource gives no access to
 * data; it is counted all the same, because it is two characters short of doing so.
 */
export function isDomainItself(pattern: string, domainArn: string | undefined): boolean {
  if (domainArn === undefined) return /:domain\/[^/*?]+$/.test(pattern);
  return !couldBegin(pattern, `${domainArn}/`) && matchesWildcard(pattern, domainArn);
}

/** Whether a Deny certainly covers all that is in the domain. */
export function coversDomain(denied: Selection, domainArn: string | undefined): boolean {
  if (domainArn === undefined) return false;
  if (!denied.isInverted) return covers(denied, everythingOf(domainArn));
  return denied.patterns.every((spared) => !couldBegin(spared, `${domainArn}/`));
}
