import {
  GetEventSourceMappingCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import type { ExpectedOf, Members } from '../../core/state';
import { lambda } from './clients';

export async function readFunction({ name, must }: ExpectedOf<'function'>): Promise<Members['function']> {
  const [configuration, { ReservedConcurrentExecutions }] = await Promise.all([
    lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name })),
    lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: name })),
  ]);
  const { State, StateReason, LastUpdateStatus, LastUpdateStatusReason } = configuration;
  const isFailed = State === 'Failed' || LastUpdateStatus === 'Failed';
  const reason = State === 'Failed' ? StateReason : LastUpdateStatusReason;
  return {
    failure: isFailed ? (reason ?? 'failed, and Lambda gives no reason') : null,
    reservedConcurrency: ReservedConcurrentExecutions ?? null,
    handler: configuration.Handler ?? '',
    role: configuration.Role ?? '',
    timeoutSeconds: configuration.Timeout ?? 0,
    memoryMB: configuration.MemorySize ?? 0,
    environment: configuration.Environment?.Variables ?? {},
    layers: (configuration.Layers ?? []).map(({ Arn = '' }) => Arn),
    asset: must.asset,
    codeSha256: configuration.CodeSha256 ?? null,
  };
}

/** States that pass: a mapping that is created or updated is as good as one that is enabled. */
const ON = ['Enabled', 'Enabling', 'Creating', 'Updating'];

export async function readMapping({ name, must }: ExpectedOf<'mapping'>): Promise<Members['mapping']> {
  const mapping = await lambda.send(new GetEventSourceMappingCommand({ UUID: name }));
  const filters = mapping.FilterCriteria?.Filters ?? [];
  return {
    isEnabled: ON.includes(mapping.State ?? ''),
    filter: filters.length === 0 ? null : filters,
    reportsFailures: (mapping.FunctionResponseTypes ?? []).includes('ReportBatchItemFailures'),
    // Lambda gives an ARN where the stack has the name.
    functionName: mapping.FunctionArn?.split(':function:')[1] ?? must.functionName,
    queueArn: mapping.EventSourceArn ?? '',
  };
}
