import {
  GetEventSelectorsCommand,
  GetTrailCommand,
  GetTrailStatusCommand,
  type AdvancedEventSelector,
  type EventSelector,
} from '@aws-sdk/client-cloudtrail';
import type { ExpectedOf, Members } from '../../core/state';
import { cloudTrail } from './clients';

export async function readTrail({ name: Name }: ExpectedOf<'trail'>): Promise<Members['trail'] | 'missing'> {
  const [status, { Trail: trail }, selectors] = await Promise.all([
    cloudTrail.send(new GetTrailStatusCommand({ Name })),
    cloudTrail.send(new GetTrailCommand({ Name })),
    cloudTrail.send(new GetEventSelectorsCommand({ TrailName: Name })),
  ]);
  if (trail === undefined) return 'missing';
  return {
    isLogging: status.IsLogging === true,
    deliveryError: status.LatestDeliveryError === '' ? null : (status.LatestDeliveryError ?? null),
    bucket: trail.S3BucketName ?? '',
    prefix: trail.S3KeyPrefix ?? null,
    key: trail.KmsKeyId ?? null,
    isMultiRegion: trail.IsMultiRegionTrail === true,
    includesGlobalEvents: trail.IncludeGlobalServiceEvents === true,
    isValidated: trail.LogFileValidationEnabled === true,
    recordsAll:
      (selectors.EventSelectors ?? []).some(recordsAll) || (selectors.AdvancedEventSelectors ?? []).some(recordsAllToo),
  };
}

function recordsAll({ IncludeManagementEvents, ReadWriteType, ExcludeManagementEventSources }: EventSelector): boolean {
  const excludes = (ExcludeManagementEventSources ?? []).length > 0;
  return IncludeManagementEvents === true && ReadWriteType === 'All' && !excludes;
}

/** An advanced selector of management events that has no other field than its category leaves nothing out. */
function recordsAllToo({ FieldSelectors = [] }: AdvancedEventSelector): boolean {
  const [only, ...others] = FieldSelectors;
  return others.length === 0 && only?.Field === 'eventCategory' && (only.Equals ?? []).includes('Management');
}
