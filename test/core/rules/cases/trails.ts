import { BUCKET, otherRecord, TRAIL } from '../../../support/watched';
import { casesOf, type RuleCase } from './rule-case';

const call = (eventName: string, request: unknown, changes = {}) =>
  otherRecord('cloudtrail', eventName, request, changes);
const update = (changes: object, more = {}) => call('UpdateTrail', { name: TRAIL, ...changes }, more);
const classic = (...eventSelectors: readonly object[]) =>
  call('PutEventSelectors', { trailName: TRAIL, eventSelectors });
const advanced = (...selectors: readonly (readonly object[])[]) =>
  call('PutEventSelectors', {
    trailName: TRAIL,
    advancedEventSelectors: selectors.map((fieldSelectors) => ({ name: 'a selector', fieldSelectors })),
  });
const management = { field: 'eventCategory', equals: ['Management'] };
const data = [
  { field: 'eventCategory', equals: ['Data'] },
  { field: 'resources.type', equals: ['AWS::S3::Object'] },
];

const DENIED = {
  errorCode: 'AccessDenied',
  errorMessage:
    'User: arn:aws:sts::111122223333:assumed-role/operator/ann is not authorized to perform: cloudtrail:UpdateTrail on resource: arn:aws:cloudtrail:eu-west-1:111122223333:trail/' +
    TRAIL,
};

export const trailCases: readonly RuleCase[] = [
  ...casesOf(
    'trail-stopped',
    ['stopped', 'CRITICAL', call('StopLogging', { name: TRAIL })],
    ['deleted', 'CRITICAL', call('DeleteTrail', { name: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/' + TRAIL })],
    ['deleted by CloudFormation', 'CRITICAL', call('DeleteTrail', { name: TRAIL }, { by: 'deployment' })],
    ['denied', 'HIGH', call('StopLogging', null, DENIED)],
    ['another one, which the monitor does not read', 'MEDIUM', call('StopLogging', { name: 'org-trail' })],
    ['started', 'none', call('StartLogging', { name: TRAIL })],
    ['another service has a call of the same name', 'none', otherRecord('kinesis', 'StopLogging', { name: TRAIL })],
  ),
  ...casesOf(
    'trail-narrowed',
    ['to another bucket', 'CRITICAL', update({ s3BucketName: 'somebody-elses' })],
    [
      'another trail, which the monitor does not read',
      'MEDIUM',
      update({ name: 'org-trail', s3BucketName: 'somebody-elses' }),
    ],
    ['to the bucket it had', 'none', update({ s3BucketName: BUCKET })],
    ['under a prefix', 'HIGH', update({ s3BucketName: BUCKET, s3KeyPrefix: 'elsewhere' })],
    ['under no prefix any more', 'HIGH', update({ s3KeyPrefix: '' })],
    ['under another key', 'HIGH', update({ kmsKeyId: 'arn:aws:kms:eu-west-1:777788889999:key/abc' })],
    ['without a key', 'none', update({ kmsKeyId: '' })],
    ['told to another topic', 'HIGH', update({ snsTopicName: 'elsewhere' })],
    ['of one region', 'HIGH', update({ isMultiRegionTrail: false })],
    ['of one region, as text', 'HIGH', update({ isMultiRegionTrail: 'false' })],
    [
      'of all regions',
      'none',
      update({ isMultiRegionTrail: true, isOrganizationTrail: true, includeGlobalServiceEvents: true }),
    ],
    ['of one account', 'HIGH', update({ isOrganizationTrail: false })],
    ['without global services', 'HIGH', update({ includeGlobalServiceEvents: false })],
    ['without validation', 'MEDIUM', update({ enableLogFileValidation: false })],
    ['with validation', 'none', update({ enableLogFileValidation: true })],
    [
      'its logs go to CloudWatch Logs as well',
      'none',
      update({ cloudWatchLogsLogGroupArn: 'arn:aws:logs:eu-west-1:111122223333:log-group:trail:*' }),
    ],
    [
      'left out for its size',
      'HIGH',
      call('UpdateTrail', { omitted: true, originalSize: 200000, reason: 'requestParameters too large' }),
    ],
    ['denied', 'LOW', call('UpdateTrail', null, DENIED)],
  ),
  ...casesOf(
    'trail-events-dropped',
    ['reads only', 'CRITICAL', classic({ readWriteType: 'ReadOnly', includeManagementEvents: true })],
    [
      'no management events',
      'CRITICAL',
      classic({ readWriteType: 'All', includeManagementEvents: false, dataResources: [] }),
    ],
    ['no selector at all', 'CRITICAL', classic()],
    ['writes only', 'none', classic({ readWriteType: 'WriteOnly', includeManagementEvents: true })],
    ['all, by default', 'none', classic({ dataResources: [] })],
    [
      'reads in one selector and writes in another',
      'none',
      classic({ readWriteType: 'ReadOnly' }, { readWriteType: 'WriteOnly' }),
    ],
    ['without AWS KMS', 'MEDIUM', classic({ excludeManagementEventSources: ['kms.amazonaws.com'] })],
    ['without the data API of RDS', 'none', classic({ excludeManagementEventSources: ['rdsdata.amazonaws.com'] })],
    ['advanced, all', 'none', advanced([management], data)],
    ['advanced, data alone', 'CRITICAL', advanced(data)],
    ['advanced, reads only', 'CRITICAL', advanced([management, { field: 'readOnly', equals: ['true'] }])],
    ['advanced, writes only', 'none', advanced([management, { field: 'readOnly', equals: ['false'] }])],
    [
      'advanced, without AWS KMS',
      'MEDIUM',
      advanced([management, { field: 'eventSource', notEquals: ['kms.amazonaws.com'] }]),
    ],
    [
      'advanced, without the service',
      'CRITICAL',
      advanced([management, { field: 'eventSource', notEquals: ['es.amazonaws.com'] }]),
    ],
    [
      'advanced, of another service alone',
      'CRITICAL',
      advanced([management, { field: 'eventSource', equals: ['ec2.amazonaws.com'] }]),
    ],
    [
      'advanced, of the service and AWS KMS alone',
      'none',
      advanced([management, { field: 'eventSource', equals: ['es.amazonaws.com', 'kms.amazonaws.com'] }]),
    ],
    ['advanced, of some calls alone', 'HIGH', advanced([management, { field: 'eventName', equals: ['StopLogging'] }])],
    [
      'advanced, of sources that begin so',
      'HIGH',
      advanced([management, { field: 'eventSource', notStartsWith: ['es.'] }]),
    ],
    ['left out for its size', 'HIGH', call('PutEventSelectors', { omitted: 'true', originalSize: '200000' })],
    ['denied', 'LOW', call('PutEventSelectors', null, DENIED)],
  ),
];
