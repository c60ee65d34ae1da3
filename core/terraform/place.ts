import { readArn } from '../base/arn';
import { memberOf, textOf } from '../base/members';
import type { ResourceChange } from './changes';
import { changesIn } from './changes';
import { constantOf } from './expressions';

/** Where a plan is applied, as far as it tells: by what it read of the account, and by the configuration of the provider. */
export function placeOfPlan(plan: unknown): { readonly accountId?: string; readonly region?: string } {
  const read = changesIn({ values: memberOf(plan, 'prior_state', 'values') });
  const attribute = (type: string, names: readonly string[]): string | undefined =>
    read
      .filter((each) => each.isData && each.type === type)
      .flatMap(({ after }) => names.map((name) => textOf(memberOf(after, name))))
      .find((value) => value !== undefined);
  const accountId = attribute('aws_caller_identity', ['account_id', 'id']);
  const region =
    attribute('aws_region', ['region', 'name', 'id']) ??
    constantOf(memberOf(plan, 'configuration', 'provider_config', 'aws', 'expressions', 'region'));
  return { ...(accountId !== undefined && { accountId }), ...(region !== undefined && { region }) };
}

/** Where a resource is, which tells it better than the plan. */
export function placeOfResource({ before, after }: ResourceChange): {
  readonly accountId?: string;
  readonly region?: string;
} {
  const arn = readArn(textOf(memberOf(before, 'arn')) ?? textOf(memberOf(after, 'arn')));
  const region = arn?.region ?? textOf(memberOf(after, 'region'));
  return { ...(arn && { accountId: arn.accountId }), ...(region !== undefined && region !== '' && { region }) };
}
