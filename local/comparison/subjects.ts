import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseDocument } from '../../core/template';
import { REPOSITORY } from '../child-process';
import { POLICIES } from './policies';
import { TEMPLATES } from './templates';

/**
 * Whom a domain lets in: everyone; everyone, who has to sign in then; whoever is in a network, without credentials; whoever
 * has an AWS account; those of another account or organization that it names; the own account; or that cannot be told before.
 */
export type LetsIn =
  'everyone' | 'everyone, to a sign-in' | 'a network' | 'any account' | 'another account' | 'nobody else' | 'not known';

/** A domain that every tool is asked about. */
export interface Subject {
  readonly name: string;
  readonly letsIn: LetsIn;
  /** A sentence of IAM's logic without a full stop, in Markdown. */
  readonly because: string;
  /** What is deployed: for tools that read what runs. @default - it cannot be told before */
  readonly deployed?: { readonly policy: unknown; readonly isInVpc: boolean };
  readonly template: unknown;
  /** It differs from others by its access policy alone. */
  readonly isPolicy: boolean;
}

/** A policy on a domain with a public endpoint and no sign-in, and nothing else to object to. */
const onPublicEndpoint = (policy: unknown): unknown => ({
  AWSTemplateFormatVersion: '2010-09-09',
  Resources: {
    Domain: {
      Type: 'AWS::OpenSearchService::Domain',
      Properties: {
        DomainName: 'logs',
        EngineVersion: 'OpenSearch_2.19',
        EncryptionAtRestOptions: { Enabled: true },
        NodeToNodeEncryptionOptions: { Enabled: true },
        DomainEndpointOptions: { EnforceHTTPS: true, TLSSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10' },
        AccessPolicies: policy,
      },
    },
  },
});

const templateIn = (file: string): unknown =>
  parseDocument(readFileSync(path.join(REPOSITORY, 'test', 'fixtures', 'declarations', file), 'utf8')).value;

export const SUBJECTS: readonly Subject[] = [
  ...POLICIES.map(({ policy, ...subject }) => ({
    ...subject,
    deployed: { policy, isInVpc: false },
    template: onPublicEndpoint(policy),
    isPolicy: true,
  })),
  ...TEMPLATES.map(({ file, ...subject }) => ({ ...subject, name: file, template: templateIn(file), isPolicy: false })),
];
