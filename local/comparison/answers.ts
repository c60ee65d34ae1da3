import type { LetsIn } from './subjects';

/** What a tool says of a domain: it objects, it does not, it breaks down, or it cannot be asked. */
export type Answer = 'objects' | 'silent' | 'fails' | 'not asked';

/** Tools that judge whom a policy lets in. */
export type Judge = 'cdk-nag' | 'prowler' | 'checkov';

/** Tools that check templates, by the ids of their rules. */
export type Linter = 'cfn-lint' | 'checkov, templates';

/** What the tools said when they were run. */
export interface Answers {
  readonly versions: Readonly<Record<string, string>>;
  /** By the name of the subject. */
  readonly subjects: Readonly<
    Record<string, Readonly<Partial<Record<Judge, Answer>>> & Readonly<Partial<Record<Linter, readonly string[]>>>>
  >;
  /** Of the policies of the tests, by their names. */
  readonly policies: Readonly<Record<string, Readonly<Partial<Record<Judge, Answer>>>>>;
}

/** What each tool asks, in its own words, and whom it therefore has to object to. Where its words leave it open, either is right. */
export const QUESTIONS: Readonly<
  Record<
    Judge,
    {
      readonly check: string;
      readonly asks: string;
      /** What it looks at to answer, as its source has it. */
      readonly looksAt: string;
      readonly objectsTo: readonly LetsIn[];
      readonly mayObjectTo: readonly LetsIn[];
    }
  >
> = {
  'cdk-nag': {
    check: 'AwsSolutions-OS5',
    asks: 'whether unsigned requests or anonymous access are allowed',
    looksAt: "a star anywhere in the text of an Allow's principal; no condition, no Deny, no action",
    objectsTo: ['everyone', 'a network'],
    mayObjectTo: ['everyone, to a sign-in', 'any account'],
  },
  prowler: {
    check: '`opensearch_service_domains_not_publicly_accessible`, which asks `is_policy_public`',
    asks: 'whether a domain that runs is publicly accessible by its policy',
    looksAt: 'principals, and the condition keys it has a list of; no Deny, no action, nothing in a VPC',
    objectsTo: ['everyone', 'any account'],
    mayObjectTo: ['everyone, to a sign-in', 'a network'],
  },
  checkov: {
    check: 'CKV_AWS_283, on the policy as a data source `aws_iam_policy_document` of Terraform',
    asks: 'whether a policy allows all or any AWS principal',
    looksAt: 'a star among `AWS` principals, in statements without a condition',
    objectsTo: ['everyone', 'any account'],
    mayObjectTo: ['everyone, to a sign-in', 'a network'],
  },
};

export type Mark = 'right' | 'too mild' | 'too strict' | 'fails' | '-';

/** Whether a tool is right by its own question. To be silent about what cannot be known is to take it for safe. */
export function markOf(tool: Judge, answer: Answer, letsIn: LetsIn): Mark {
  if (answer === 'not asked') return '-';
  if (answer === 'fails') return 'fails';
  const { objectsTo, mayObjectTo } = QUESTIONS[tool];
  if (letsIn === 'not known') return answer === 'silent' ? 'too mild' : 'right';
  if (mayObjectTo.includes(letsIn)) return 'right';
  if (objectsTo.includes(letsIn)) return answer === 'objects' ? 'right' : 'too mild';
  return answer === 'objects' ? 'too strict' : 'right';
}
