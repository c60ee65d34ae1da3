import * as elasticsearch from '@aws-sdk/client-elasticsearch-service';
import * as opensearch from '@aws-sdk/client-opensearch';
import { accessOf, EVENT_NAMES, operationOf } from '../../../core/call/catalogue';
import { RULES } from '../../../core/rules';
import { judge } from '../../../core/scan';
import { toCriteria } from '../../../core/settings';
import { readExtracts } from '../../../local/catalogue-check/extracts';
import { MODELLED_OPERATIONS } from '../../support/models';

const operationsOf = (client: object): string[] =>
  Object.keys(client)
    .filter((name) => name.endsWith('Command') && name !== '$Command')
    .map((name) => name.slice(0, -'Command'.length));

describe('the catalogue', () => {
  test('holds exactly the operations of the models and of the two SDK clients', () => {
    const modelled = MODELLED_OPERATIONS.map(({ eventName }) => eventName);
    const published = new Set([...modelled, ...operationsOf(opensearch), ...operationsOf(elasticsearch)]);
    expect([...EVENT_NAMES]).toEqual([...published].sort());
    expect(EVENT_NAMES).toHaveLength(127);
  });

  test('folds every legacy-only name into a name of the current API, but for the one without successor', () => {
    const [current = [], legacy = []] = readExtracts().map(({ model }) => Object.keys(model.operations));
    const legacyOnly = legacy.filter((name) => !current.includes(name));
    const unfolded = legacyOnly.filter((name) => !current.includes(operationOf(name) ?? ''));
    expect(legacyOnly).toHaveLength(24);
    expect(unfolded).toEqual(['DeleteElasticsearchServiceRole']);
  });

  test('reads are the Describe, List and Get operations, a comparison, and feedback on an insight', () => {
    const reads = EVENT_NAMES.filter((name) => accessOf(operationOf(name) ?? 'InsightFeedback') === 'read');
    expect(reads.filter((name) => !/^(Describe|List|Get)/.test(name))).toEqual([
      'CompareDomainConfiguration',
      'InsightFeedback',
    ]);
    expect(EVENT_NAMES.filter((name) => /^(Describe|List|Get)/.test(name) && !reads.includes(name))).toEqual([]);
    expect(reads).toHaveLength(60);
  });

  test('a name of an object prototype is not an operation', () => {
    expect(operationOf('constructor')).toBeUndefined();
    expect(operationOf('__proto__')).toBeUndefined();
  });

  test.each(EVENT_NAMES)('%s is a call the judgement knows', (eventName) => {
    const record = { eventSource: 'es.amazonaws.com', eventName, requestParameters: {}, responseElements: null };
    const { call, findings } = judge(record, toCriteria({ watchedEvents: [eventName] }));
    expect(call?.operation).toBe(operationOf(eventName));
    expect(findings.map(({ rule }) => rule.id)).not.toContain('unrecognised-call');
    expect(findings).not.toEqual([]);
  });

  test('a call that no model has is unrecognised', () => {
    const record = { eventSource: 'es.amazonaws.com', eventName: 'TeleportDomain', requestParameters: {} };
    expect(judge(record, toCriteria()).findings.map(({ rule }) => rule.id)).toEqual(['unrecognised-call']);
  });

  test('every operation that a rule looks at is one that changes something', () => {
    const operations = RULES.flatMap((rule) => rule.operations ?? []);
    expect(operations.filter((operation) => accessOf(operation) !== 'change')).toEqual([]);
  });
});
