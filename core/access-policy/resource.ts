import { contains, couldBegin, couldMatch } from '../base/iam-wildcard';
import type { Effort } from './effort';
import { covers, type Selection } from './selection';

/**
 * The resources of an Allow that are in a domain; none if it reaches nothing. What is in another domain counts: which
 * domain a record is about is inferred in part, and whoever wrote the statement meant to let somebody in.
 */
export function reachedResources(resources: Selection, domainArn: string | undefined): readonly string[] {
  if (resources.isInverted) return isLeftOut(resources, domainArn) ? [] : [everythingOf(domainArn)];
  return resources.patterns.filter((pattern) =>
    domainArn === undefined
      ? !/:domain\/[^/*?$]+$/.test(pattern)
      : couldBegin(pattern, `${domainArn}/`) || isInADomain(pattern),
  );
}

/**
 * The resources of an Allow that are the domain itself, by its ARN without `/*`. It holds no data; but whoever may search
 * it across clusters names it so.
 */
export function domainsThemselves(resources: Selection, domainArn: string | undefined): readonly string[] {
  if (domainArn === undefined) {
    if (resources.isInverted) return ['*'];
    return resources.patterns.filter((pattern) => pattern === '*' || /:domain\/[^/]+$/.test(pattern));
  }
  const isNamed = resources.isInverted
    ? !resources.patterns.some((pattern) => contains(pattern, domainArn))
    : resources.patterns.some((pattern) => couldMatch(pattern, domainArn));
  return isNamed ? [domainArn] : [];
}

/** Something in a domain, by its ARN. */
const isInADomain = (pattern: string): boolean => /^arn:[^:]*:es:[^:]*:[^:]*:domain\/[^/]+\/./.test(pattern);

/** Whether a resource is in another domain for certain. */
export function isElsewhere(pattern: string, domainArn: string | undefined): boolean {
  return domainArn !== undefined && pattern !== domainArn && !couldBegin(pattern, `${domainArn}/`);
}

const everythingOf = (domainArn: string | undefined): string => (domainArn === undefined ? '*' : `${domainArn}/*`);

const isLeftOut = ({ patterns }: Selection, domainArn: string | undefined): boolean =>
  patterns.some((pattern) => contains(pattern, everythingOf(domainArn)));

/** Whether a Deny certainly covers all that is in the domain. */
export function coversDomain(denied: Selection, domainArn: string | undefined, effort: Effort): boolean {
  if (domainArn === undefined) return false;
  if (!denied.isInverted) return covers(denied, everythingOf(domainArn), effort);
  return denied.patterns.every((spared) => !couldBegin(spared, `${domainArn}/`));
}

/** Whether an Allow gives all there is in the domain, as far as can be told; of a domain that is not known, by the form. */
export function givesWhole(allowed: Selection, domainArn: string | undefined, effort: Effort): boolean {
  if (domainArn !== undefined) return coversDomain(allowed, domainArn, effort);
  return !allowed.isInverted && allowed.patterns.some((pattern) => /^(\*|arn:[^/]*:domain\/[^/]+\/\*)$/.test(pattern));
}
