import { Subject } from 'rxjs';
import type { EdgeEvent } from '../../../operators';
import { Readiness, trackBackpressure } from '../../../operators';
import { exposeEdges } from '../../../src/export';
import { seriesOf } from './seriesOf';

const series = (text: string, name: string): string | undefined =>
  seriesOf(text).get(`barometer_edge_${name}`);

describe('exposeEdges', () => {
  it('counts the events of a tracker of any pipeline', () => {
    const events = new Subject<EdgeEvent>();
    const { text } = exposeEdges(events);
    const readiness = new Readiness();
    const requests = new Subject<string>();
    requests.pipe(trackBackpressure(readiness, { edge: 'http-database', events })).subscribe(() => {
      readiness.next(false);
    });
    for (const request of ['a', 'b', 'c']) requests.next(request);
    expect(series(text(), 'delivered_total{edge="http-database"}')).toBe('3');
    expect(series(text(), 'backpressure_events_total{edge="http-database",kind="behind"}')).toBe(
      '2',
    );
  });

  it('has nothing to expose before the first event', () => {
    expect(exposeEdges(new Subject()).text()).toBe('');
  });

  it('keeps edges apart, whatever their names', () => {
    const events = new Subject<EdgeEvent>();
    const { text } = exposeEdges(events);
    for (const edge of ['__proto__', 'constructor', 'a"b']) {
      events.next({ type: 'overrun', edge, count: 2 ** 52, at: 0 });
      events.next({ type: 'overrun', edge, count: 2 ** 52 + 1, at: 0 });
    }
    for (const edge of ['__proto__', 'constructor', 'a\\"b']) {
      expect(series(text(), `overruns_total{edge="${edge}"}`)).toBe('9007199254740993');
    }
  });

  it.each(['unsubscribe', 'error'] as const)('keeps the counts after %s', (end) => {
    const events = new Subject<EdgeEvent>();
    const { text, subscription } = exposeEdges(events);
    events.next({ type: 'delivered', edge: 'a-b', count: 1, at: 0 });
    if (end === 'error') events.error(new Error('broken'));
    else subscription.unsubscribe();
    events.next({ type: 'delivered', edge: 'a-b', count: 1, at: 0 });
    expect(series(text(), 'delivered_total{edge="a-b"}')).toBe('1');
  });
});
