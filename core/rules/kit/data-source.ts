/** The command that shows a data source of an account, with the policy that says who may query it. */
export const SHOW_DATA_SOURCE =
  'aws opensearch get-direct-query-data-source --region {region} --data-source-name {source}';
