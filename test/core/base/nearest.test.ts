import { didYouMean, nearestTo } from '../../../core/base/nearest';

test('the nearest name goes first, and what is nothing like it is not named', () => {
  expect(nearestTo('CreateDomian', ['CreateDomain', 'DeleteDomain', 'AddTags'])).toEqual(['CreateDomain']);
  expect(nearestTo('xyz', ['CreateDomain'])).toEqual([]);
  expect(didYouMean('xyz', ['CreateDomain'])).toBe('');
});

test('a name in other letters is meant, and none that is only near', () => {
  expect(nearestTo('eventname', ['eventTime', 'eventName', 'eventType'])).toEqual(['eventName']);
  expect(nearestTo('eventnam', ['eventTime', 'eventName'])).toContain('eventTime');
});
