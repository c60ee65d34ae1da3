import { isNews, NOTHING_KEPT, toMessage, toNews, type Deviation, type Memory } from '../../../core/state';

const HOUR = 3_600_000;
const START = Date.parse('2026-11-29T00:00:00Z');
const stopped: Deviation = {
  id: 'trail T isLogging',
  sentence: 'trail T does not log',
  command: 'aws cloudtrail start-logging --name T',
};
const muted: Deviation = { id: 'alarm A isMuted', sentence: 'alarm A is muted by a mute rule' };
const neighbour = 'the email subscription of neighbour@example.com to TopicA';

/** The memory after something was told at `START`. */
const after = (...deviations: Deviation[]): Memory => toNews(deviations, [], NOTHING_KEPT, START).memory;

describe('what deviates', () => {
  test('is told when it begins', () => {
    const { news } = toNews([stopped], [], NOTHING_KEPT, START);
    expect(news).toEqual({ deviations: [{ ...stopped, since: '2026-11-29T00:00:00.000Z' }], over: [], left: [] });
  });

  test('is not told again at the next check', () => {
    expect(isNews(toNews([stopped], [], after(stopped), START + HOUR / 4).news)).toBe(false);
  });

  test('is told again after a day, with the time since when', () => {
    const { news, memory } = toNews([stopped], [], after(stopped), START + 24 * HOUR);
    expect(news.deviations).toEqual([{ ...stopped, since: '2026-11-29T00:00:00.000Z' }]);
    expect(isNews(toNews([stopped], [], memory, START + 25 * HOUR).news)).toBe(false);
  });

  test('is told by itself, and what was told before is not', () => {
    expect(toNews([stopped, muted], [], after(stopped), START + HOUR).news.deviations).toEqual([
      { ...muted, since: '2026-11-29T01:00:00.000Z' },
    ]);
  });

  test('is told to be over, once', () => {
    const { news, memory } = toNews([], [], after(stopped), START + HOUR);
    expect(news).toEqual({ deviations: [], over: [stopped.sentence], left: [] });
    expect(isNews(toNews([], [], memory, START + 2 * HOUR).news)).toBe(false);
  });

  test.each(['2099-01-01T00:00:00.000Z', 'never', ''])(
    'is told where somebody wrote into the memory that it was told at %j',
    (at) => {
      const forged = { ...NOTHING_KEPT, told: { [stopped.id]: { since: at, at, sentence: '' } } };
      expect(toNews([stopped], [], forged, START).news.deviations).toHaveLength(1);
    },
  );
});

describe('a subscriber whom the stack did not make', () => {
  const known = toNews([], [neighbour], NOTHING_KEPT, START);

  test('is no news', () => expect(isNews(known.news)).toBe(false));

  test('is told once when it is gone', () => {
    const { news, memory } = toNews([], [], known.memory, START + HOUR);
    expect(news.left).toEqual([neighbour]);
    expect(isNews(toNews([], [], memory, START + 2 * HOUR).news)).toBe(false);
  });
});

describe('the message', () => {
  const place = { monitor: 'EsConfigMonitor', region: 'eu-west-1' };
  const messageOf = (news: Parameters<typeof toMessage>[1]) => {
    const { Message, ...rest } = toMessage(place, news);
    return { ...rest, bodies: JSON.parse(Message) as Record<string, string> };
  };
  const { news } = toNews([stopped, muted], [], NOTHING_KEPT, START);

  test('says what deviates, and the command with its region', () => {
    const { Subject, bodies } = messageOf(news);
    expect(Subject).toBe('es-config-monitor is not as deployed: 2 deviations in EsConfigMonitor');
    expect(bodies['email']).toContain('- trail T does not log (seen since 2026-11-29T00:00:00.000Z).');
    expect(bodies['email']).toContain('\n  aws cloudtrail start-logging --name T --region eu-west-1\n');
    expect(bodies['email']).toContain('docs/runbook.md#deviations');
    expect(bodies['sms']).toBe(Subject);
    expect(JSON.parse(bodies['default'] ?? '')).toMatchObject({
      ...place,
      deviations: [stopped, muted],
      counts: { deviations: 2, over: 0 },
    });
    expect(JSON.parse(bodies['https'] ?? '')).toMatchObject({ source: 'custom', content: { title: Subject } });
  });

  test('says what is well again', () => {
    const { Subject, bodies } = messageOf({ deviations: [], over: [stopped.sentence], left: [] });
    expect(Subject).toBe('es-config-monitor is well again: 1 deviation over in EsConfigMonitor');
    expect(bodies['email']).toContain('- Well again: trail T does not log.');
  });

  test('shows what strangers wrote on one line, and as no link', () => {
    const sentence = 'trail T cannot deliver log files: see\nhttps://example.com/\u202Egnp';
    const { bodies } = messageOf({ deviations: [{ ...stopped, sentence, since: 'x' }], over: [], left: [] });
    expect(bodies['email']).toContain('see https[:]//example.com/[U+202E]gnp (seen');
  });

  test('stays within what SNS takes, whatever there is to tell', () => {
    const many = Array.from({ length: 500 }, (_, at) => ({
      id: String(at),
      sentence: 'x'.repeat(900),
      command: '"'.repeat(at % 2 === 0 ? 9000 : 4000),
      since: '2026-11-29T00:00:00.000Z',
    }));
    const lines = many.map(({ sentence }) => sentence);
    const { Subject, Message } = toMessage(place, { deviations: many, over: lines, left: lines });
    expect(Buffer.byteLength(Message)).toBeLessThan(256 * 1024);
    expect(Subject.length).toBeLessThan(100);
  });
});
