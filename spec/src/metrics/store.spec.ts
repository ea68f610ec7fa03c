import { of, Subject } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { initialState, metricsStore, type MetricsState } from '../../../src/metrics';
import type { PipelineEvent } from '../../../streams/events';
import { delivered, FIRST, fold } from './given';

const one = delivered(FIRST, 1);
const two = delivered(FIRST, 2);
const count = (state: MetricsState): bigint => state.edges[FIRST].delivered;

const marbles = (test: Parameters<TestScheduler['run']>[0]): void => {
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(test);
};

describe('metricsStore', () => {
  it('shows the present state at once and the next one after every event', () => {
    marbles(({ hot, expectObservable }) => {
      const source = hot<PipelineEvent>('-a-b-|', { a: one, b: two });
      const states = { s: initialState, a: fold([one]), b: fold([one, two]) };
      const { metrics$ } = metricsStore(source);
      expectObservable(metrics$).toBe('sa-b-|', states);
    });
  });

  it('shows a late subscriber the last state, also after the end', () => {
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot<PipelineEvent>('-a-b-|', { a: one, b: two });
      const { metrics$ } = metricsStore(source);
      const states = { s: initialState, a: fold([one]), b: fold([one, two]) };
      expectObservable(metrics$).toBe('sa-b-|', states);
      expectObservable(metrics$, '--^').toBe('--ab-|', states);
      expectObservable(metrics$, '-------^').toBe('-------(b|)', states);
      expectSubscriptions(source.subscriptions).toBe('^----!');
    });
  });

  it('subscribes once, and goes on without subscribers', () => {
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot<PipelineEvent>('-a-b-|', { a: one, b: two });
      const { metrics$ } = metricsStore(source);
      const states = { s: initialState, a: fold([one]), b: fold([one, two]) };
      expectObservable(metrics$, '^-!').toBe('sa', states);
      expectObservable(metrics$, '----^').toBe('----b|', states);
      expectSubscriptions(source.subscriptions).toBe('^----!');
    });
  });

  it('listens from connect() on', () => {
    const source = new Subject<PipelineEvent>();
    const store = metricsStore(source);
    store.connect();
    source.next(one);
    expect(store.state()).toEqual(fold([one]));
  });

  it('lets go of the source when the connection ends, and completes', () => {
    const source = new Subject<PipelineEvent>();
    const store = metricsStore(source);
    const completed = jest.fn();
    store.metrics$.subscribe({ complete: completed });
    store.connect().unsubscribe();
    expect(source.observed).toBe(false);
    expect(completed).toHaveBeenCalledTimes(1);
  });

  it('misses nothing of a synchronous source', () => {
    const seen: bigint[] = [];
    metricsStore(of(one, two)).metrics$.subscribe((state) => seen.push(count(state)));
    expect(seen).toEqual([0n, 1n, 3n]);
  });

  it('passes an event on after the state that contains it', () => {
    const source = new Subject<PipelineEvent>();
    const { metrics$, events$ } = metricsStore(source);
    const seen: string[] = [];
    events$.subscribe(({ type }) => seen.push(type));
    metrics$.subscribe((state) => seen.push(String(count(state))));
    source.next(one);
    source.next(two);
    expect(seen).toEqual(['0', '1', 'delivered', '3', 'delivered']);
  });

  it('shows every subscriber the same order when one of them answers with an event', () => {
    const source = new Subject<PipelineEvent>();
    const { metrics$, events$ } = metricsStore(source);
    metrics$.subscribe((state) => {
      if (count(state) === 1n) {
        source.next(two);
        source.complete();
      }
    });
    const second: bigint[] = [];
    const events: PipelineEvent[] = [];
    const completed = jest.fn();
    metrics$.subscribe({ next: (state) => second.push(count(state)), complete: completed });
    events$.subscribe((event) => events.push(event));
    source.next(one);
    expect(second).toEqual([0n, 1n, 3n]);
    expect(events).toEqual([one, two]);
    expect(completed).toHaveBeenCalledTimes(1);
  });

  it.each(['metrics$', 'events$'] as const)('tells %s of an event that cannot be folded', (out) => {
    const source = new Subject<PipelineEvent>();
    const store = metricsStore(source);
    const failed = jest.fn();
    store.connect();
    (store[out] as Subject<unknown>).subscribe({ error: failed });
    source.next(delivered('elsewhere', 1));
    expect(failed).toHaveBeenCalledWith(expect.objectContaining({ code: 'METRICS_UNKNOWN_EVENT' }));
    expect(source.observed).toBe(false);
  });

  it('passes on an error of the source', () => {
    marbles(({ hot, expectObservable }) => {
      const source = hot<PipelineEvent>('-a-#', { a: one });
      const { metrics$ } = metricsStore(source);
      expectObservable(metrics$).toBe('sa-#', { s: initialState, a: fold([one]) });
    });
  });
});
