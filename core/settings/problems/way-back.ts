import { isObject } from '../../base/members';
import { listOfTexts, prefixed, shown, unknownMembers, type Check } from './check';

/** The name of a document of Systems Manager. The schema of a settings file has it, too. */
export const DOCUMENT = /^[A-Za-z0-9_.-]{3,128}$/;

/** The ARN of one domain. */
export const DOMAIN_ARN = /^arn:aws[a-z-]*:es:[a-z0-9-]+:\d{12}:domain\/[a-z][a-z0-9-]{2,27}$/;

const MEMBERS = ['document', 'domains'] as const;

export const wayBackProblems: Check = (value, known) => {
  if (!isObject(value)) return [`wayBack is ${shown(value)}; allowed: {"document": "<name>", "domains": ["<ARN>"]}`];
  const { document, domains } = value;
  return [
    ...unknownMembers(value, MEMBERS).map((problem) => `wayBack ${problem}`),
    ...(typeof document === 'string'
      ? prefixed('wayBack.document', document, documentProblem)
      : [`wayBack.document is ${shown(document)}; allowed: the name of a document`]),
    ...(Array.isArray(domains) && domains.length === 0 ? ['wayBack.domains is empty; allowed: ARNs of domains'] : []),
    ...listOfTexts('wayBack.domains', domainArnProblem)(domains, known),
  ];
};

const documentProblem = (name: string): string | undefined =>
  DOCUMENT.test(name) ? undefined : 'is no name of a document; allowed: 3 to 128 letters, digits and ._-';

const domainArnProblem = (arn: string): string | undefined =>
  DOMAIN_ARN.test(arn)
    ? undefined
    : 'is no ARN of a domain; allowed: arn:aws:es:eu-west-1:123456789012:domain/logs and the like';
