import { covers, type Selection } from './selection';
import { contains, couldBegin } from './wildcard';

/**
 * The resources of an Allow that are in the domain, or may be where its ARN is not known; none if it reaches nothing. The
 * ARN of the domain itself, without `/*`, reaches nothing: its policy applies to what is in it alone.
 */
export function reachedResources(resources: Selection, domainArn: string | undefined): readonly string[] {
  if (resources.isInverted) return isLeftOut(resources, domainArn) ? [] : [everythingOf(domainArn)];
  return resources.patterns.filter((pattern) =>
    domainArn === undefined ? !/:domain\/[^/*?$]+$/.test(pattern) : couldBegin(pattern, `${domainArn}/`),
  );
}

const everythingOf = (domainArn: string | undefined): string => (domainArn === undefined ? '*' : `${domainArn}/*`);

const isLeftOut = ({ patterns }: Selection, domainArn: string | undefined): boolean =>
  patterns.some((pattern) => contains(pattern, everythingOf(domainArn)));

/** Whether a Deny certainly covers all that is in the domain. */
export function coversDomain(denied: Selection, domainArn: string | undefined): boolean {
  if (domainArn === undefined) return false;
  if (!denied.isInverted) return covers(denied, everythingOf(domainArn));
  return denied.patterns.every((spared) => !couldBegin(spared, `${domainArn}/`));
}
