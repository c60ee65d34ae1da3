import type { Subject } from './subjects';

type TemplateSubject = Pick<Subject, 'letsIn' | 'because' | 'deployed'> & { readonly file: string };

const OPEN = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: '*',
      Action: 'es:*',
      Resource: 'arn:aws:es:eu-west-1:111122223333:domain/logs/*',
    },
  ],
};

const OWN = {
  ...OPEN,
  Statement: OPEN.Statement.map((each) => ({ ...each, Principal: { AWS: 'arn:aws:iam::111122223333:root' } })),
};

/** Templates of our fixtures where more than the policy decides. */
export const TEMPLATES: readonly TemplateSubject[] = [
  {
    file: 'open-public.yaml',
    letsIn: 'everyone',
    deployed: { policy: OPEN, isInVpc: false },
    because: 'policy, endpoint and no sign-in together',
  },
  {
    file: 'legacy-open.yaml',
    letsIn: 'everyone',
    deployed: { policy: OPEN, isInVpc: false },
    because: 'a domain of the older API is one as well',
  },
  {
    file: 'open-behind-sign-in.yaml',
    letsIn: 'everyone, to a sign-in',
    deployed: { policy: OPEN, isInVpc: false },
    because: 'fine-grained access control asks whoever comes who they are, and AWS documents this form',
  },
  {
    file: 'open-in-vpc.yaml',
    letsIn: 'a network',
    deployed: { policy: OPEN, isInVpc: true },
    because: 'the endpoint has no address on the internet; whoever is in the network needs no credentials',
  },
  {
    file: 'hardened.yaml',
    letsIn: 'nobody else',
    deployed: { policy: OWN, isInVpc: true },
    because: 'a VPC, a sign-in and a policy for one role',
  },
  {
    file: 'bare.yaml',
    letsIn: 'nobody else',
    deployed: { policy: null, isInVpc: false },
    because: 'without a policy only who is allowed by a policy of IAM in the own account gets in',
  },
  {
    file: 'policy-joined.yaml',
    letsIn: 'not known',
    because: 'a parameter names who gets in, and its default is everyone',
  },
  {
    file: 'policy-of-parameter.yaml',
    letsIn: 'not known',
    because: 'the whole policy is a parameter',
  },
  {
    file: 'role-of-import.yaml',
    letsIn: 'not known',
    because: 'another stack exports who gets in',
  },
  {
    file: 'own-role-of-template.yaml',
    letsIn: 'nobody else',
    because: 'a role of the same template is of the own account',
  },
  {
    file: 'address-range-of-everyone-by-mapping.yaml',
    letsIn: 'everyone',
    because: 'the mapping is in the template, and it says `0.0.0.0/0`',
  },
  {
    file: 'policy-by-macro.yaml',
    letsIn: 'not known',
    because: 'a macro writes the policy',
  },
];
