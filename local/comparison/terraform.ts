import { isObject, listOf, memberOf, textsOf } from '../../core/base/members';

/**
 * The policy as a data source of Terraform, and a domain that has it, as its documentation shows it.
 * @returns nothing for a policy that cannot be written so
 */
export function policyInTerraform(policy: unknown): string | undefined {
  if (!isObject(policy)) return undefined;
  return `data "aws_iam_policy_document" "this" {
${listOf(policy['Statement']).map(statementOf).join('')}}

resource "aws_opensearch_domain" "this" {
  domain_name     = "logs"
  engine_version  = "OpenSearch_2.19"
  access_policies = data.aws_iam_policy_document.this.json
}
`;
}

const statementOf = (statement: unknown): string => {
  const list = (name: string): string => JSON.stringify(textsOf(memberOf(statement, name)));
  return `  statement {
    effect    = ${JSON.stringify(memberOf(statement, 'Effect'))}
${principals('principals', memberOf(statement, 'Principal'))}${principals('not_principals', memberOf(statement, 'NotPrincipal'))}    actions   = ${list('Action')}
    resources = ${list('Resource')}
${conditions(memberOf(statement, 'Condition'))}  }
`;
};

function principals(name: string, principal: unknown): string {
  const kinds = principal === '*' ? [['*', '*'] as const] : Object.entries(isObject(principal) ? principal : {});
  return kinds
    .map(
      ([kind, names]) => `    ${name} {
      type        = ${JSON.stringify(kind)}
      identifiers = ${JSON.stringify(textsOf(names))}
    }
`,
    )
    .join('');
}

const conditions = (condition: unknown): string =>
  Object.entries(isObject(condition) ? condition : {})
    .flatMap(([test, keys]) =>
      Object.entries(isObject(keys) ? keys : {}).map(
        ([variable, values]) => `    condition {
      test     = ${JSON.stringify(test)}
      variable = ${JSON.stringify(variable)}
      values   = ${JSON.stringify(textsOf(values))}
    }
`,
      ),
    )
    .join('');
