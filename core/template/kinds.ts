import type { Kind } from '../declared';

/** The resources of CloudFormation that the configuration API makes. */
export const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['AWS::OpenSearchService::Domain', 'domain'],
  ['AWS::Elasticsearch::Domain', 'domain'],
  ['AWS::OpenSearchService::Application', 'application'],
]);
