import { OWN, STRANGER } from '../../../support/records';
import {
  BUCKET,
  itemRecord,
  objectRecord,
  otherRecord,
  QUEUE,
  ROLE,
  roleArn,
  sessionOf,
  TABLE,
} from '../../../support/watched';
import { casesOf, type RuleCase } from './rule-case';

const trailKey = (folder: string, prefix = ''): string =>
  `${prefix}AWSLogs/${OWN}/${folder}/eu-west-1/2026/11/20/${OWN}_${folder}_eu-west-1_20261120T0915Z_a.json.gz`;
const LOG_FILE = trailKey('CloudTrail');

const object = (eventName: string, changes = {}, key = LOG_FILE, bucketName = BUCKET) =>
  objectRecord(eventName, { bucketName, key }, changes);
const bulk = (bucketName = BUCKET, changes = {}) =>
  objectRecord('DeleteObjects', { bucketName, delete: '', 'x-id': 'DeleteObjects' }, changes);
const item = (eventName: string, changes = {}, table = TABLE) =>
  itemRecord(
    eventName,
    table,
    { tableName: table, key: { pk: 'sent#6a6a6a6a-0002-4000-8000-000000000009' }, item: ['pk', 'expires'] },
    changes,
  );
const partiQL = (...statements: readonly string[]) =>
  statements.length === 1
    ? itemRecord('ExecuteStatement', TABLE, { statement: statements[0] ?? '' })
    : itemRecord('BatchExecuteStatement', TABLE, { requestItems: statements.map((statement) => ({ statement })) });

export const ownDataCases: readonly RuleCase[] = [
  ...casesOf(
    'log-file-deleted',
    ['by a person', 'HIGH', object('DeleteObject')],
    ['below a prefix', 'HIGH', object('DeleteObject', {}, trailKey('CloudTrail', 'org/'))],
    ['a digest', 'HIGH', object('DeleteObject', {}, trailKey('CloudTrail-Digest'))],
    ['what AWS Config wrote', 'none', object('DeleteObject', {}, trailKey('Config'))],
    ['a note beside them', 'none', object('DeleteObject', {}, 'README.txt')],
    ['of another bucket', 'none', object('DeleteObject', {}, LOG_FILE, 'uploads')],
    ['only read', 'none', object('GetObject')],
    [
      'denied, and so still there',
      'MEDIUM',
      object('DeleteObject', { errorCode: 'AccessDenied', errorMessage: 'Access Denied' }),
    ],
    ['many at once, not named', 'HIGH', bulk()],
    ['many at once of another bucket', 'none', bulk('uploads')],
    ['by AWS itself', 'none', object('DeleteObject', { by: 'cloudtrail' })],
    ['as a copy on the network path', 'none', object('DeleteObject', { eventCategory: 'NetworkActivity' })],
    [
      'as an event of management, which there is none of',
      'none',
      object('DeleteObject', { eventCategory: 'Management' }),
    ],
  ),
  ...casesOf(
    'log-file-forged',
    ['by a person', 'MEDIUM', object('PutObject')],
    ['by CloudTrail', 'none', object('PutObject', { by: 'cloudtrail' })],
    [
      'by another service',
      'MEDIUM',
      object('PutObject', { userIdentity: { type: 'AWSService', invokedBy: 'config.amazonaws.com' } }),
    ],
    [
      'by a person through CloudTrail',
      'MEDIUM',
      object('PutObject', {
        userIdentity: { ...sessionOf(roleArn('operator')), invokedBy: 'cloudtrail.amazonaws.com' },
      }),
    ],
    ['copied', 'MEDIUM', object('CopyObject')],
    ['in parts', 'MEDIUM', object('CompleteMultipartUpload')],
    ['a digest', 'MEDIUM', object('PutObject', {}, trailKey('CloudTrail-Digest'))],
    ['where no trail writes', 'none', object('PutObject', {}, 'AWSLogs/notes.json.gz')],
    ['into another bucket', 'none', object('PutObject', {}, LOG_FILE, 'uploads')],
  ),
  ...casesOf(
    'monitor-table-written',
    ['by a person', 'HIGH', item('PutItem')],
    ['by the own function', 'none', item('PutItem', { by: 'monitor' })],
    [
      'by a role of the same name elsewhere',
      'HIGH',
      item('PutItem', { userIdentity: sessionOf(roleArn(ROLE).replace(OWN, STRANGER)) }),
    ],
    ['by a role with the name of a queue', 'HIGH', item('PutItem', { userIdentity: sessionOf(roleArn(QUEUE)) })],
    ['by AWS itself', 'none', item('DeleteItem', { by: 'cloudtrail' })],
    ['another table', 'none', item('PutItem', {}, 'orders')],
    ['only read', 'none', item('GetItem')],
    ['changed', 'HIGH', item('UpdateItem')],
    ['a condition that did not hold', 'MEDIUM', item('UpdateItem', { errorCode: 'ConditionalCheckFailedException' })],
    ['deleted', 'HIGH', item('DeleteItem')],
    ['in a batch', 'HIGH', itemRecord('BatchWriteItem', TABLE, {})],
    ['in a batch, of another table', 'none', itemRecord('BatchWriteItem', 'orders', {})],
    [
      'in a transaction',
      'HIGH',
      itemRecord('TransactWriteItems', TABLE, { requestItems: [{ operation: 'Put', tableName: TABLE }] }),
    ],
    ['by a statement', 'HIGH', partiQL(`INSERT INTO "${TABLE}" VALUE {'pk' : ***(Redacted)}`)],
    ['by a statement that reads', 'none', partiQL(`select * from "${TABLE}"`)],
    ['by statements of which one writes', 'HIGH', partiQL(`SELECT * FROM "${TABLE}"`, `DELETE FROM "${TABLE}"`)],
    ['by statements that read', 'none', partiQL(`SELECT * FROM "${TABLE}"`, `SELECT pk FROM "${TABLE}"`)],
    ['by a transaction of statements that are not told', 'HIGH', itemRecord('ExecuteTransaction', TABLE, {})],
    ['deleted whole, which is no item', 'none', otherRecord('dynamodb', 'DeleteTable', { tableName: TABLE })],
  ),
];
