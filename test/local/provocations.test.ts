import { alarmNameOf, PROVOCATIONS } from '../../local/provocations';
import { templateWith } from '../lib/stack-in';

test('each alarm that a stack can have is made to fire by something', () => {
  const template = templateWith({
    fastPath: true,
    eventBus: true,
    digest: 'weekly',
    completeness: true,
    accounts: { '111122223333': { owner: 'search' } },
  });
  const alarms = Object.keys(template.findResources('AWS::CloudWatch::Alarm')).map(alarmNameOf);
  expect(Object.keys(PROVOCATIONS).toSorted()).toEqual(alarms.toSorted());
});
