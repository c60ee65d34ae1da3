import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { CfnDomain } from 'aws-cdk-lib/aws-opensearchservice';
import { NagRuleCompliance, rules } from 'cdk-nag';
import type { Answer } from './answers';

/** What cdk-nag says of the domains of a template, read into an app as its users do. */
export function cdkNagOnTemplate(template: unknown): Answer {
  const folder = mkdtempSync(path.join(tmpdir(), 'comparison-'));
  try {
    const templateFile = path.join(folder, 'template.json');
    writeFileSync(templateFile, JSON.stringify(template));
    const stack = new Stack(new App(), 'Stack');
    return answerIn(stack, () => new CfnInclude(stack, 'Template', { templateFile }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What it says of a domain with this policy. */
export function cdkNagOnPolicy(policy: unknown): Answer {
  const stack = new Stack(new App(), 'Stack');
  return answerIn(stack, () => new CfnDomain(stack, 'Domain', { accessPolicies: policy }));
}

function answerIn(stack: Stack, build: () => unknown): Answer {
  try {
    build();
    const said = stack.node
      .findAll()
      .filter((each) => CfnResource.isCfnResource(each))
      .map((each) => rules.opensearch.OpenSearchNoUnsignedOrAnonymousAccess(each));
    return said.includes(NagRuleCompliance.NON_COMPLIANT) ? 'objects' : 'silent';
  } catch {
    return 'fails';
  }
}
