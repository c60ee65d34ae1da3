import { Stack, type StackProps } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { isObject } from '../core/base/members';
import type { AlertSeverity } from '../core/base/severity';
import { refuse } from './configuration-error';
import { EsConfigMonitor } from './es-config-monitor';
import type { EsConfigMonitorProps } from './es-config-monitor-props';
import { createOutputs } from './outputs';
import { isForMonitor, propsProblems } from './props';

/** Those of the monitor, and those of any stack. */
export interface EsConfigMonitorStackProps extends StackProps, EsConfigMonitorProps {}

/**
 * Props made inside the stack they are for: the scope that imports such as `Bucket.fromBucketName` ask for. Called once,
 * before anything else is in the stack. What `tell` is told is refused together with what is wrong with the props.
 */
export type PropsInStack = (stack: Stack, tell: (problems: readonly string[]) => void) => EsConfigMonitorProps;

/** A stack with one `EsConfigMonitor` and nothing else, and outputs that people and scripts look for. */
export class EsConfigMonitorStack extends Stack {
  /** What the stack is made of. */
  readonly monitor: EsConfigMonitor;
  /** The topic of each severity, for other stacks to subscribe to. */
  readonly alertTopics: Readonly<Record<AlertSeverity, ITopic>>;
  /** The topic of the alarms about this stack itself. */
  readonly operationsTopic: ITopic;
  /** Log files that were given up; see docs/runbook.md. */
  readonly deadLetterQueue: IQueue;
  /** Judges the log files; its role is what another account's bucket or key has to let in. */
  readonly function: IFunction;

  /**
   * @param stackProps where `propsOrMaker` makes the props: those of the stack, such as `env` and `tags`, which it needs first
   * @throws ConfigurationError naming everything that is wrong with the props
   */
  constructor(
    scope: Construct,
    id: string,
    propsOrMaker: EsConfigMonitorStackProps | PropsInStack = {},
    stackProps: StackProps = {},
  ) {
    super(scope, id, {
      description: 'Alerts on risky Amazon ES/OpenSearch Service configuration calls',
      ...stackProps,
      ...(isObject(propsOrMaker) && propsOrMaker),
    });
    const told: string[] = [];
    const tell = (problems: readonly string[]): number => told.push(...problems);
    const props = typeof propsOrMaker === 'function' ? propsOrMaker(this, tell) : withoutStackProps(propsOrMaker);
    refuse([...told, ...propsProblems(this, props)]);

    // A construct of this id adds nothing to the names of what is in it, which deployed stacks have without it.
    this.monitor = new EsConfigMonitor(this, 'Default', props);
    this.alertTopics = this.monitor.alertTopics;
    this.operationsTopic = this.monitor.operationsTopic;
    this.deadLetterQueue = this.monitor.deadLetterQueue;
    this.function = this.monitor.function;
    createOutputs(this, this.monitor);
  }
}

/** The props that are the monitor's, or were meant to be. */
function withoutStackProps(props: EsConfigMonitorStackProps): EsConfigMonitorProps {
  if (!isObject(props)) return props;
  return Object.fromEntries(Object.entries(props).filter(([name]) => isForMonitor(name)));
}
