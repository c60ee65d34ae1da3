import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isObject } from '../core/base/members';
import { ALERT_SEVERITIES, compareSeverity, isAlertSeverity, type AlertSeverity } from '../core/base/severity';
import { judgeDeclared, sentenceOf, type Expected, type JudgedResource } from '../core/deployment';
import { RULE_IDS } from '../core/rules';
import { problemsIn, shown, toCriteria, type Criteria, type Settings } from '../core/settings';
import { declaredInTemplate, nestedStacksIn, type TemplateContext } from '../core/template';
import { version } from '../package.json';
import { refuse } from './configuration-error';
import { namesAmong, wrongAmong, type Kind } from './props/kind';

/** What `EsConfigMonitorChecks` may be told; all of it has a default. */
export interface EsConfigMonitorChecksProps {
  /**
   * What stops a synthesis: findings as severe as this, what is in doubt among them. Milder ones are warnings.
   * @default 'HIGH'
   */
  readonly failOn?: AlertSeverity;
  /**
   * What decides the verdicts, as plain data: those of the monitor itself, so that both say the same.
   * @default - everything by its default
   */
  readonly settings?: Settings;
}

/** What CDK tells a plugin, as far as it is used: `stackTemplates` is newer than the oldest version that is supported. */
export interface TemplatesToCheck {
  readonly templatePaths: readonly string[];
  readonly stackTemplates?: readonly {
    readonly templatePath: string;
    readonly stackConstructPath: string;
    readonly accountId: string | undefined;
    readonly region: string | undefined;
  }[];
}

/** A violation as every version of CDK takes it. */
export interface ChecksViolation {
  /** The id of the rule. */
  readonly ruleName: string;
  /** The sentence of the alert, what it depends on that is not known, and a request that gets in. */
  readonly description: string;
  /** Whether it stops the synthesis, as an error does. */
  readonly severity: 'error' | 'warning';
  /** What to do about it. */
  readonly fix: string;
  /** `severity` is that of the finding. */
  readonly ruleMetadata: { readonly [key: string]: string };
  readonly violatingResources: {
    readonly resourceLogicalId: string;
    readonly templatePath: string;
    readonly locations: string[];
  }[];
}

/**
 * Judges domains at synthesis as the alert would judge the calls of their deployment, and stops it with the sentence of the alert:
 * `Validations.of(app).addPlugins(new EsConfigMonitorChecks())`; before CDK had `Validations`, the prop `policyValidationBeta1` of
 * an `App` takes it.
 */
export class EsConfigMonitorChecks {
  /** As reports call it, and what ids begin with where findings are acknowledged. */
  readonly name = 'EsConfigMonitor';
  /** The version of the package. */
  readonly version: string = version;
  /** The ids of all rules. */
  readonly ruleIds: string[] = [...RULE_IDS];
  private readonly criteria: Criteria;
  private readonly failOn: AlertSeverity;

  /** @throws ConfigurationError naming everything that is wrong with the props, settings among them as a monitor would refuse them */
  constructor(props: EsConfigMonitorChecksProps = {}) {
    refuse(problemsOf(props));
    const { failOn = 'HIGH', settings = {} } = props;
    this.criteria = toCriteria(settings);
    this.failOn = failOn;
  }

  /** Called by CDK with the templates of all stacks. */
  validate(context: TemplatesToCheck): { success: boolean; pluginVersion: string; violations: ChecksViolation[] } {
    const stacks =
      context.stackTemplates ??
      context.templatePaths.map((templatePath) => ({ templatePath, accountId: undefined, region: undefined }));
    const time = new Date().toISOString();
    const templates = withNested(stacks.map(({ templatePath, ...place }) => ({ templatePath, context: place })));
    const violations = templates.flatMap(({ templatePath, context: stack }) =>
      declaredInTemplate(templateIn(templatePath), stack)
        .map((declared) => judgeDeclared(declared, this.criteria, time))
        .flatMap((judged) => violationsOf(judged, templatePath, this.failOn)),
    );
    return { success: violations.every(({ severity }) => severity !== 'error'), pluginVersion: version, violations };
  }
}

const KINDS: Readonly<Record<'failOn', Kind>> = {
  failOn: {
    mustBe: `one of ${ALERT_SEVERITIES.join(', ')}`,
    is: isAlertSeverity,
  },
};

const NAMES = [...Object.keys(KINDS), 'settings'];

/** Total on any value. */
function problemsOf(props: unknown): string[] {
  if (!isObject(props)) return [`the props must be an object, got ${shown(props)}`];
  const { settings = {} } = props;
  return [
    ...namesAmong(props, NAMES),
    ...wrongAmong(props, KINDS).values(),
    ...problemsIn(settings, new Date().toISOString().slice(0, 10)),
  ];
}

interface StackTemplate {
  readonly templatePath: string;
  readonly context: TemplateContext;
}

const templateIn = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8')) as unknown;

/**
 * CDK tells of the stacks of an app alone. Those within others are written beside them; where a template names their files, with
 * what is passed to them.
 */
function withNested(stacks: readonly StackTemplate[]): readonly StackTemplate[] {
  const found = new Map<string, StackTemplate>();
  const visit = (stack: StackTemplate): void => {
    if (found.has(stack.templatePath)) return;
    found.set(stack.templatePath, stack);
    const template = templateIn(stack.templatePath);
    for (const { logicalId, file } of nestedStacksIn(template)) {
      const templatePath = path.join(path.dirname(stack.templatePath), file ?? '');
      if (file === undefined || !existsSync(templatePath)) continue;
      visit({ templatePath, context: { ...stack.context, within: { template, context: stack.context, logicalId } } });
    }
  };
  for (const stack of stacks) visit(stack);
  for (const { templatePath, context } of stacks) {
    const [folder, begin] = [path.dirname(templatePath), path.basename(templatePath, '.template.json')];
    for (const name of readdirSync(folder)) {
      const isNested = name.startsWith(begin) && name.endsWith('.nested.template.json');
      if (isNested) visit({ templatePath: path.join(folder, name), context });
    }
  }
  return [...found.values()];
}

const violationsOf = (
  judged: JudgedResource,
  templatePath: string,
  failOn: AlertSeverity,
): readonly ChecksViolation[] =>
  judged.findings
    .filter(({ suppressedBy }) => suppressedBy === undefined)
    .map((finding) => ({
      ruleName: finding.rule.id,
      description: [
        sentenceOf(judged, finding),
        ...(finding.doubt === undefined ? [] : [`not known before the deployment: ${finding.doubt}`]),
        ...(finding.witness === undefined ? [] : [finding.witness]),
      ].join('; '),
      severity: compareSeverity(finding.severity, failOn) >= 0 ? 'error' : 'warning',
      fix: finding.rule.remediation.text,
      ruleMetadata: { severity: finding.severity },
      violatingResources: [{ templatePath, ...placeOf(finding) }],
    }));

/** `['Resources', 'Domain', 'Properties', 'AccessPolicies']` is of the resource Domain, at Properties/AccessPolicies. */
function placeOf({ path }: Expected): { readonly resourceLogicalId: string; readonly locations: string[] } {
  const [, logicalId = '', ...within] = path.map(String);
  return { resourceLogicalId: logicalId, locations: within.length === 0 ? [] : [within.join('/')] };
}
