import { BehaviorSubject, NEVER, of, Subject, throwError } from 'rxjs';
import { holdUntilReady, Readiness } from '../../operators';
import type { ReadinessLike } from '../../operators';
import { booksOf } from '../support/books';
import { marbles } from '../support/marbles';
import { failure, messageOf } from '../support/collect';
import { goesOn } from './internal/goesOn';

describe('holdUntilReady: how it ends', () => {
  it.each([
    [
      'completed while holding, it lets everything go first',
      '-a-b|',
      'f------t',
      {},
      '-------(ab|)',
    ],
    ['completed while holding nothing, it needs no readiness', '--|', 'f-', {}, '--|'],
    ['an error needs no readiness', '--#', 'f-', {}, '--#'],
    ['an error passes at once, and what is held does not', '-a-b#', 'f------t', {}, '----#'],
    [
      'delayError: everything passes first',
      '-a-b#',
      'f------t',
      { delayError: true },
      '-------(ab#)',
    ],
    ['delayError with nothing held: at once', '-a-b#', 't-------', { delayError: true }, '-a-b#'],
    ['a readiness that completes keeps its last value: true', '-a-b-|', '--|', {}, '-a-b-|'],
    ['a readiness that completes keeps its last value: false', '-a-b-|', 'f-|', {}, '------'],
    ['a readiness that fails, fails the gate', '-a-b-|', '--#', {}, '-a#'],
  ] as const)('%s', (_title, source, readiness, options, result) => {
    marbles(({ hot, ready, expectObservable }) => {
      expectObservable(hot(source).pipe(holdUntilReady(ready(readiness), options))).toBe(result);
    });
  });

  it.each(['active', 'paused'] as const)('%s that fails, fails the gate', (name) => {
    marbles(({ hot, ready, flags, expectObservable, expectSubscriptions }) => {
      const source = hot('                  -a-b-|');
      const gate = holdUntilReady<string>(ready('t'), { [name]: flags('f-#') });
      expectObservable(source.pipe(gate)).toBe('-a#');
      expectSubscriptions(source.subscriptions).toBe('^-!');
    });
  });

  it.each(['active', 'paused'] as const)(
    '%s that fails at once: the source is not asked',
    (name) => {
      marbles(({ cold, ready, expectObservable, expectSubscriptions }) => {
        const source = cold('-a|');
        const failing = throwError(() => failure);
        expectObservable(source.pipe(holdUntilReady(ready('t'), { [name]: failing }))).toBe(
          '#',
          undefined,
          failure,
        );
        expectSubscriptions(source.subscriptions).toBe([]);
      });
    },
  );

  it.each(['active', 'paused'] as const)('%s that completes keeps its last value', (name) => {
    marbles(({ hot, ready, flags, expectObservable }) => {
      const gate = holdUntilReady<string>(ready('f'), { active: false, [name]: flags('t-f-t-|') });
      expectObservable(hot('---a---b---').pipe(gate)).toBe('---a-------');
    });
  });
});

describe('holdUntilReady: what it holds at the end is discarded, counted, and free', () => {
  const keyOf = (item: string): string => item;

  it('unsubscribed from while holding: upstream is left once', () => {
    marbles(({ hot, ready, scheduler, expectObservable, expectSubscriptions, flush }) => {
      const books = booksOf();
      const source = hot(' -a-b-c-d-e');
      const unsub = '      ^-----!   ';
      const gate = holdUntilReady<string>(ready('f'), {
        scheduler,
        edge: 'e',
        events: books,
        keyOf,
      });
      expectObservable(source.pipe(gate), unsub).toBe('-------');
      expectSubscriptions(source.subscriptions).toBe(unsub);
      flush();
      const discarded = { type: 'discarded', edge: 'e', count: 1, at: 6 };
      expect(books.all).toEqual(['a', 'b', 'c'].map((key) => ({ ...discarded, key })));
    });
  });

  it('an error discards before it passes', () => {
    const log: unknown[] = [];
    const source = new Subject<string>();
    source
      .pipe(
        holdUntilReady(new Readiness(false), { events: { next: ({ type }) => log.push(type) } }),
      )
      .subscribe({ error: (error: unknown) => log.push(error) });
    source.next('a');
    source.error(failure);
    expect(log).toEqual(['discarded', failure]);
  });

  it('so does an error of its own', () => {
    const log: unknown[] = [];
    const readiness = new Readiness(false);
    of('a', 'b')
      .pipe(
        holdUntilReady(readiness, {
          events: { next: ({ type }) => log.push(type) },
          onRelease: () => {
            throw new Error('mine');
          },
        }),
      )
      .subscribe({ error: (error: unknown) => log.push(messageOf(error)) });
    readiness.next(true);
    expect(log).toEqual(['discarded', 'discarded', 'mine']);
  });

  it('a batch of discards leaves before the error', () => {
    const log: unknown[] = [];
    const source = new Subject<string>();
    const events = { next: ({ count }: { count: number }) => log.push(count) };
    source
      .pipe(holdUntilReady(new Readiness(false), { events, batch: { time: 1_000 } }))
      .subscribe({ error: (error: unknown) => log.push(error) });
    source.next('a');
    source.next('b');
    source.error(failure);
    expect(log).toEqual([2, failure]);
  });

  it('unsubscribed from while letting go: it stops there', () => {
    const books = booksOf();
    const readiness = new BehaviorSubject(false);
    const seen: string[] = [];
    const subscription = of('a', 'b', 'c')
      .pipe(holdUntilReady(readiness, { events: books }))
      .subscribe((item) => {
        seen.push(item);
        subscription.unsubscribe();
      });
    readiness.next(true);
    expect([seen, books.counts.discarded]).toEqual([['a'], 2]);
  });

  it('an item that is none to count is not counted', () => {
    const books = booksOf();
    const counts = (item: string): boolean => item !== 'watermark';
    of('a', 'watermark', 'b')
      .pipe(holdUntilReady(new Readiness(false), { events: books, isCounted: counts }))
      .subscribe()
      .unsubscribe();
    expect(books.counts.discarded).toBe(2);
  });

  it('failing, it does not wake what is before it: upstream is left first', () => {
    const source = new Subject<string>();
    const holding = new BehaviorSubject(false);
    // A server before the gate goes on when the gate holds nothing any more.
    holding.subscribe((holds) => {
      if (!holds) source.next('next');
    });
    const readiness = new BehaviorSubject(false);
    const books = booksOf();
    source
      .pipe(holdUntilReady(readiness, { holding, events: books }))
      .subscribe({ error: () => undefined });
    source.next('a');
    readiness.error(failure);
    expect(books.counts.discarded).toBe(1);
  });
});

describe('holdUntilReady: what is heard and counted, and what is not', () => {
  it('what a source emits after its end is not held', () => {
    const readiness = new Readiness(false);
    const seen: string[] = [];
    goesOn.pipe(holdUntilReady(readiness)).subscribe((item) => seen.push(item));
    readiness.next(true);
    expect(seen).toEqual(['a']);
  });

  it('nothing overtakes what is held, though the consumer got ready without a word', () => {
    const changes = new Subject<void>();
    let value = false;
    const readiness = Object.defineProperty(changes, 'value', {
      get: () => value,
    }) as Subject<void> & ReadinessLike;
    const source = new Subject<string>();
    const seen: string[] = [];
    source.pipe(holdUntilReady(readiness)).subscribe((item) => seen.push(item));
    source.next('a');
    value = true;
    source.next('b');
    changes.next();
    expect(seen).toEqual(['a', 'b']);
  });

  it('an item that it was for the gate to let go has passed, and is not discarded', () => {
    const books = booksOf();
    const released: string[] = [];
    const options = { onRelease: (item: string) => released.push(item), events: books };
    of('a', 'b').pipe(holdUntilReady<string>(new Readiness(), options)).subscribe();
    expect([released, books.all]).toEqual([['a', 'b'], []]);
  });

  it('what flushes the batches is left with the gate', () => {
    const when = new Subject<void>();
    const gate = holdUntilReady(new Readiness(), { batch: { when }, events: booksOf() });
    const subscription = NEVER.pipe(gate).subscribe();
    const before = when.observed;
    subscription.unsubscribe();
    expect([before, when.observed]).toEqual([true, false]);
  });
});
