import { BehaviorSubject, NEVER, of, range, repeat, Subject, take, tap } from 'rxjs';
import { holdUntilReady, OptionError, Readiness } from '../../operators';
import { marbles } from '../support/marbles';
import { failure } from '../support/collect';

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

describe('holdUntilReady: active and paused', () => {
  it.each([
    // active, paused, result; never ready
    ['inactive, everything passes', false, false, '-a-b-c-|'],
    ['active, it holds', true, false, '--------'],
    ['paused, it holds even if inactive', false, true, '--------'],
  ])('%s', (_title, active, paused, result) => {
    marbles(({ hot, ready, expectObservable }) => {
      const gate = holdUntilReady<string>(ready('f'), { active, paused });
      expectObservable(hot('-a-b-c-|').pipe(gate)).toBe(result);
    });
  });

  it('an Observable that has not emitted means false, for both', () => {
    marbles(({ hot, ready, expectObservable }) => {
      const gate = holdUntilReady<string>(ready('f'), { active: NEVER, paused: NEVER });
      expectObservable(hot('-a-|').pipe(gate)).toBe('-a-|');
    });
  });

  it('a switch with a buffer that is not empty: what is held passes first, in order', () => {
    marbles(({ hot, ready, flags, expectObservable }) => {
      const active = flags('                   t----f-----t------');
      const source = hot('                     -a-b-----c--d-e|  ');
      const gate = holdUntilReady<string>(ready('f'), { active });
      expectObservable(source.pipe(gate)).toBe('-----(ab)c-------');
    });
  });

  it('a switch while it is ready changes nothing', () => {
    marbles(({ hot, ready, flags, expectObservable }) => {
      const active = flags('                   f-t-f-t-tt-f-');
      const source = hot('                     -a-b-c-d-e-f|');
      const gate = holdUntilReady<string>(ready('t'), { active });
      expectObservable(source.pipe(gate)).toBe('-a-b-c-d-e-f|');
    });
  });

  it('the end of a pause asks the readiness again, if it is active', () => {
    marbles(({ hot, ready, flags, expectObservable }) => {
      const readiness = ready('                t-----f----t----');
      const paused = flags('                   --t-----f--------');
      const source = hot('                     -a-b-c-----------');
      const gate = holdUntilReady<string>(readiness, { paused });
      expectObservable(source.pipe(gate)).toBe('-a---------(bc)-');
    });
  });

  it('pausing from within next stops after that item', () => {
    const paused = new BehaviorSubject(false);
    const seen: number[] = [];
    range(1, 3)
      .pipe(holdUntilReady(new Readiness(), { paused }))
      .subscribe((n) => {
        seen.push(n);
        paused.next(true);
      });
    expect(seen).toEqual([1]);
  });

  it('leaves the readiness, the switches and the source when it is unsubscribed from', () => {
    const [active, paused] = [new Subject<boolean>(), new Subject<boolean>()];
    const [readiness, source] = [new BehaviorSubject(true), new Subject<string>()];
    const all = [active, paused, readiness, source];
    const subscription = source.pipe(holdUntilReady(readiness, { active, paused })).subscribe();
    const before = all.map(({ observed }) => observed);
    subscription.unsubscribe();
    expect([before, all.map(({ observed }) => observed)]).toEqual([
      [true, true, true, true],
      [false, false, false, false],
    ]);
  });
});

describe('holdUntilReady: what it publishes', () => {
  it('is whether it holds, once per change', () => {
    marbles(({ hot, ready, scheduler, expectObservable }) => {
      const holding = new Subject<boolean>();
      const source = hot('           -a-b-c-----d-e|');
      const readiness = ready('      --f----t--f--t');
      expectObservable(holding).toBe('---t---f---t-f', { t: true, f: false });
      source.pipe(holdUntilReady(readiness, { holding, scheduler })).subscribe();
    });
  });

  it('comes after the last item that was held has passed', () => {
    const log: unknown[] = [];
    const readiness = new BehaviorSubject(false);
    of('a', 'b')
      .pipe(holdUntilReady(readiness, { holding: { next: (holds) => log.push(holds) } }))
      .subscribe((item) => log.push(item));
    readiness.next(true);
    expect(log).toEqual([true, 'a', 'b', false]);
  });

  it.each(['unsubscribed from', 'failed'])('is false when it is %s', (how) => {
    const source = new Subject<string>();
    const holding = new BehaviorSubject(false);
    const gate = holdUntilReady<string>(new BehaviorSubject(false), { holding });
    const subscription = source.pipe(gate).subscribe({ error: () => undefined });
    source.next('a');
    const before = holding.value;
    if (how === 'failed') source.error(failure);
    else subscription.unsubscribe();
    expect([before, holding.value]).toEqual([true, false]);
  });

  it('released is told of each item that was held, and when it passes', () => {
    marbles(({ hot, ready, scheduler, expectObservable, flush }) => {
      const log: unknown[] = [];
      const gate = holdUntilReady<string>(ready('  --f----t-'), {
        scheduler,
        released: (item, at) => log.push([item, at]),
      });
      expectObservable(hot('  -a-b-c-----|').pipe(gate)).toBe('-a-----(bc)|');
      flush();
      expect(log).toEqual([
        ['b', 7],
        ['c', 7],
      ]);
    });
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
