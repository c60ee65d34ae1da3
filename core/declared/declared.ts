import type { Choose } from './readings';

/** Stands for the account of the deployment, where that is not known. */
export const ACCOUNT = '000000000000';

/** Stands for the Region, where that is not known. */
export const REGION = 'xx-region-1';

/** What a resource is to the configuration API. */
export type Kind =
  | 'domain'
  | 'application'
  | 'vpc-endpoint'
  | 'vpc-endpoint-access'
  | 'outbound-connection'
  | 'inbound-connection'
  | 'package'
  | 'package-association';

/** Where something is in a document: `['Resources', 'Domain']`. */
export type Path = readonly (string | number)[];

/** The members of a call's request, which may hold what is not known. */
export type Request = Readonly<Record<string, unknown>>;

/** A resource as a deployment would make, change or delete it. */
export interface Declared {
  /** What people call it: `Search/Domain`, `module.search.aws_opensearch_domain.this[0]`. */
  readonly address: string;
  /** As its language names it: `AWS::OpenSearchService::Domain`. */
  readonly type: string;
  readonly kind: Kind;
  readonly path: Path;
  /** Where in it the members of the request are, where they go by their names there: `['Properties']`. @default - they do not */
  readonly members?: Path;
  /** The resource that sets the access policy, where it is one of its own. @default - the domain sets it */
  readonly policy?: { readonly address: string; readonly path: Path };
  /** Twelve digits. @default - not known */
  readonly accountId?: string;
  /** @default - not known */
  readonly region?: string;
  /** What is there now. @default - nothing: it is created */
  readonly before?: (choose: Choose) => Request | undefined;
  /** What the deployment leaves behind; nothing where a condition leaves it out. @default - nothing: it is deleted */
  readonly after?: (choose: Choose) => Request | undefined;
  /** It is part of something that exists and is not declared here, as the access policy of a domain. @default false */
  readonly isAddition?: boolean;
}
