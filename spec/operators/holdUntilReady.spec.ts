import { BehaviorSubject, of, range, repeat, Subject, take, tap } from 'rxjs';
import { holdUntilReady, OptionError, Readiness } from '../../operators';
import { marbles } from '../support/marbles';

// Of the correctness checklist, the boxes of numbered demand (requests add, saturate at 2^63-1, are
// refused when they are no number, are met long after) do not apply: demand is a boolean here.
// A time to live does not either: nothing leaves a gate because of its age.

describe('holdUntilReady: passing and holding', () => {
  it.each([
    ['passes at once while ready', '-a-b-c-|', 't-------', '-a-b-c-|'],
    ['holds while not ready', '-a-b-c----d|', '--f---t-----', '-a----(bc)d|'],
    ['initially not ready, keeps the first item', 'a--b-----|', 'f----t---', '-----(ab)|'],
    ['holds for ever if nobody gets ready', '-a-b-c-|', 'f-------', '--------'],
    ['what comes later comes later', '-a-b-----c-|', 'f----t------', '-----(ab)c-|'],
  ])('%s', (_title, source, readiness, result) => {
    marbles(({ hot, ready, expectObservable }) => {
      expectObservable(hot(source).pipe(holdUntilReady(ready(readiness)))).toBe(result);
    });
  });

  it('asks again after each item: a consumer that an item occupies gets the next when it is ready', () => {
    marbles(({ hot, ready, expectObservable }) => {
      const readiness = ready('                  f---t--t--t-');
      const source = hot('                       -abc-----d|  ');
      const occupied = source.pipe(
        holdUntilReady(readiness),
        tap(() => {
          readiness.next(false);
        }),
      );
      expectObservable(occupied).toBe('          ----a--b--c-');
    });
  });

  it('gives one item per request, however often it is requested within next', () => {
    const readiness = new Readiness(false);
    const seen: number[] = [];
    range(1, 4)
      .pipe(holdUntilReady(readiness))
      .subscribe((n) => {
        seen.push(n);
        readiness.next(false);
        if (n < 3) {
          readiness.next(true);
          readiness.next(true);
        }
      });
    readiness.next(true);
    expect(seen).toEqual([1, 2, 3]);
  });

  it('pausing within next stops after that item, with no duplicate', () => {
    const readiness = new BehaviorSubject(true);
    const seen: number[] = [];
    range(1, 3)
      .pipe(holdUntilReady(readiness))
      .subscribe((n) => {
        seen.push(n);
        readiness.next(false);
      });
    const after = [...seen];
    readiness.next(true);
    expect([after, seen]).toEqual([[1], [1, 2]]);
  });

  it('getting ready before there is anything, on subscription and after the end does nothing', () => {
    const readiness = new BehaviorSubject(false);
    const source = new Subject<string>();
    const seen: string[] = [];
    source.pipe(holdUntilReady(readiness)).subscribe((item) => seen.push(item));
    readiness.next(true);
    source.next('a');
    source.complete();
    readiness.next(false);
    readiness.next(true);
    expect([seen, readiness.observed]).toEqual([['a'], false]);
  });

  it('a late subscriber needs no new signal: it is the readiness that counts, not its changes', () => {
    const readiness = new BehaviorSubject(true);
    const gated = of('a').pipe(holdUntilReady(readiness));
    const seen: string[] = [];
    gated.subscribe((item) => seen.push(item));
    gated.subscribe((item) => seen.push(item));
    expect(seen).toEqual(['a', 'a']);
  });

  it('nothing is held over from one subscription to the next', () => {
    const readiness = new BehaviorSubject(false);
    const source = new Subject<string>();
    const seen: string[] = [];
    const gated = source.pipe(holdUntilReady(readiness));
    const first = gated.subscribe((item) => seen.push(`1${item}`));
    source.next('a');
    first.unsubscribe();
    gated.subscribe((item) => seen.push(`2${item}`));
    source.next('b');
    readiness.next(true);
    expect(seen).toEqual(['2b']);
  });

  it('starts clean with repeat, in the middle of letting go', () => {
    const readiness = new BehaviorSubject(true);
    const seen: string[] = [];
    of('a', 'b')
      .pipe(holdUntilReady(readiness), take(1), repeat(3))
      .subscribe((item) => seen.push(item));
    expect(seen).toEqual(['a', 'a', 'a']);
  });
});

describe('holdUntilReady: options that make no sense are refused at once', () => {
  it.each([
    ['capacity 0', { capacity: 0 }],
    ['a negative capacity', { capacity: -1 }],
    ['a fraction', { capacity: 1.5 }],
    ['NaN', { capacity: NaN }],
    ['conflate without keyOf', { overflow: 'conflate' }],
    ['a batch of less than one', { batch: { count: 0 } }],
    ['a batch of one and a half', { batch: { count: 1.5 } }],
    ['a batch of negative time', { batch: { time: -1 } }],
  ] as const)('%s', (_title, options) => {
    expect(() => holdUntilReady(new Readiness(), options)).toThrow(OptionError);
  });
});
