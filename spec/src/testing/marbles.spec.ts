import { delay, merge, map, of, Subject, throwError, timer } from 'rxjs';
import { holdUntilReady, Readiness, serve, trackBackpressure } from 'barometer/operators';
import type { EdgeEvent } from 'barometer/operators';
import { marbles } from 'barometer/testing';
import { failing, text } from './failing';

describe('marbles', () => {
  test('returns what the test returns', () => {
    expect(marbles(() => 7)).toBe(7);
  });

  test("has the helpers of TestScheduler.run, all time being the test's", () => {
    marbles(({ cold, hot, time, expectObservable, expectSubscriptions }) => {
      const source = cold('-a-b|');
      const other = hot('--x--|');
      expectObservable(source.pipe(delay(time('--|')))).toBe('---a-(b|)');
      expectObservable(timer(3)).toBe('---(t|)', { t: 0 });
      expectObservable(other, '-^-!').toBe('--x');
      expectSubscriptions(source.subscriptions).toBe('^---!');
      expectSubscriptions(other.subscriptions).toBe('-^-!');
    });
  });

  test('flush runs all that is scheduled, within the test', () => {
    const seen: string[] = [];
    marbles(({ cold, flush, at }) => {
      cold('-a-b').subscribe((letter) => seen.push(letter));
      at(2, () => seen.push('at 2'));
      flush();
      expect(seen).toEqual(['a', 'at 2', 'b']);
    });
  });

  test("compares values deeply, inner Observables by what they do, and takes the runner's matchers", () => {
    marbles(({ cold, expectObservable }) => {
      const inner = cold('-x-y|');
      const values = { a: { n: 1, at: [2, 3] } };
      expectObservable(cold('a', { a: { n: 1, at: [2, 3] } })).toBe('a', values);
      expectObservable(cold('a', values)).toBe('a', { a: expect.objectContaining({ n: 1 }) });
      expectObservable(of(1).pipe(map(() => inner))).toBe('(i|)', { i: cold('-x-y|') });
      expectObservable(throwError(() => new Error('e'))).toBe('#', undefined, new Error('e'));
    });
  });

  test('several expectations that do not hold are shown together, each with both marbles', () => {
    const { message } = failing(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('-a-b|', { a: { x: 1 }, b: { x: 2 } });
      expectObservable(source).toBe('-a--b|', { a: { x: 1 }, b: { x: 3 } });
      expectObservable(cold('-(ab) 100ms |')).toBe('-(ab)|');
      expectObservable(cold('a')).toBe('a');
      expectSubscriptions(source.subscriptions).toBe(['^-!', '-^']);
    });
    expect(message).toBe(
      text(`
      3 of 4 expectations do not hold:

      expectObservable
        expected  -a--b|
        actual    -a-?|
                     ^ frame 3: nothing expected, ? came
          ? at frame 3 = { x: 2 }
          b = { x: 3 }

      expectObservable
        expected  -(ab)|
        actual    -(ab) 100ms |
                       ^ frame 5: | expected, nothing came

      expectSubscriptions
        expected  ^-!
                  -^
        actual    ^---!
          subscription 1: expected to end at frame 2, and did at frame 4
    `),
    );
  });

  test('where a diagram has no room for what came, both are written as frames', () => {
    const { message } = failing(({ cold, expectObservable }) => {
      expectObservable(merge(cold('(ab)'), cold('-c'))).toBe('ab-c');
    });
    expect(message).toContain(
      text(`
        expected  a@0 b@1 c@3
        actual    (ab)@0 c@1
                  ^ frame 0: nothing expected, b came
          A group takes as many frames
    `),
    );
  });

  test('the stack begins where the first of them is stated', () => {
    const { stack = '' } = failing(({ cold, expectObservable }) => {
      expectObservable(cold('a')).toBe('b');
    });
    expect(stack.split('\n').find((line) => line.trim().startsWith('at '))).toContain(__filename);
  });

  test.each<[string, Parameters<typeof failing>[0], string]>([
    [
      'a value that came late',
      (kit) => {
        kit.expectObservable(kit.cold('--a')).toBe('-a');
      },
      'frame 1: a expected, nothing came',
    ],
    [
      'another value',
      (kit) => {
        kit.expectObservable(kit.cold('-a')).toBe('-b', { b: 1 });
      },
      'frame 1: b expected, ? came',
    ],
    [
      'another order',
      (kit) => {
        kit.expectObservable(kit.cold('(ab)')).toBe('(ba)');
      },
      'frame 0: b expected, a came',
    ],
    [
      'a completion',
      (kit) => {
        kit.expectObservable(kit.cold('a|')).toBe('a');
      },
      'frame 1: nothing expected, | came',
    ],
    [
      'another error',
      (kit) => {
        kit.expectObservable(kit.cold('#', undefined, new Error('x'))).toBe('#', undefined, 'y');
      },
      '? at frame 0 = error Error: x',
    ],
    [
      'a value that looks like a sign',
      (kit) => {
        kit.expectObservable(of('|')).toBe('(|)');
      },
      'frame 0: | expected, ? came',
    ],
  ])('tells %s', (_what, test, told) => {
    expect(failing(test)).toMatchObject({
      code: 'MARBLE_EXPECTATION',
      message: expect.stringContaining(told) as string,
    });
  });

  test('refuses a test that returns a promise', () => {
    expect(failing(() => Promise.resolve())).toMatchObject({ code: 'MARBLE_PROMISE' });
  });

  test('what the test throws is what it fails with', () => {
    const error = new TypeError('of the test');
    expect(() =>
      marbles(() => {
        throw error;
      }),
    ).toThrow(error);
  });
});

describe('readiness as marbles', () => {
  test('drives a gate', () => {
    marbles(({ hot, readiness, expectObservable, expectReadiness }) => {
      const items = hot('           -a-b-c----d|');
      const ready = readiness('     t-f---t-f-t-');
      const held = items.pipe(holdUntilReady(ready));
      expectReadiness(ready).toBe(' t-f---t-f-t');
      expectObservable(held).toBe(' -a----(bc)d|');
    });
  });

  test('at one instant, t comes before all else and f after it', () => {
    marbles(({ hot, readiness, expectEdge }) => {
      const items = hot('      -a-b-c-|');
      const ready = readiness('-f-t-f--');
      const events = new Subject<EdgeEvent>();
      items.pipe(trackBackpressure(ready, { edge: 'e', events })).subscribe();
      expectEdge(events).toBe('-D-D-D');
    });
  });

  test('in the first frame f is how it begins', () => {
    marbles(({ hot, readiness, expectEdge }) => {
      const items = hot('      ab-c|');
      const ready = readiness('f--t|');
      const events = new Subject<EdgeEvent>();
      items.pipe(trackBackpressure(ready, { edge: 'e', events })).subscribe();
      expectEdge(events).toBe('BB-D');
    });
  });

  test('late subscribers get the present value first', () => {
    marbles(({ readiness, expectReadiness }) => {
      const ready = readiness('t-f--t-|');
      expectReadiness(ready, '---^').toBe('---f-t-|');
      expectReadiness(ready, '-----^').toBe('-----t-|');
    });
  });

  test('knows t, f and | only', () => {
    expect(failing(({ readiness }) => readiness('t-x'))).toMatchObject({
      code: 'MARBLE_INVALID',
      message:
        'readiness "t-x": found "x" at frame 2. Use t (ready), f (not ready), | (changes no more).',
    });
  });
});

describe('edges', () => {
  test('each item is a letter, whatever events it causes', () => {
    marbles(({ hot, scheduler, expectEdge, expectCounts, expectObservable }) => {
      const events = new Subject<EdgeEvent>();
      const readiness = new Readiness();
      const dueOf = new Map([...'abc'].map((item, frame) => [item, frame]));
      const shared = { edge: 'e', events, scheduler };
      const out = hot('               abc-------(def)|').pipe(
        trackBackpressure(readiness, { ...shared, dueAt: (item) => dueOf.get(item) ?? 10 }),
        serve((item) => [item], { ...shared, readiness, serviceTime: 3 }),
      );
      expectObservable(out).toBe('    ---a--b--c---d--e--(f|)');
      expectEdge(events).toBe('       DBO-------(Dbo)');
      expectCounts(events).toBe({ delivered: 6, behind: 2, burst: 2, overrun: 2 });
      expectCounts(events, '-----!').toBe({ delivered: 3, backpressure: 2, overrun: 1 });
    });
  });

  test('lost items have letters of their own', () => {
    marbles(({ hot, scheduler, expectEdge, expectCounts }) => {
      const events = new Subject<EdgeEvent>();
      const options = { edge: 'e', events, scheduler, serviceTime: 9 };
      const lossy = serve<string, string>(() => [], {
        ...options,
        capacity: 1,
        overflow: 'dropLatest',
      });
      const subscription = hot('  abc--').pipe(lossy).subscribe();
      hot('                       --------x').subscribe(() => {
        subscription.unsubscribe();
      });
      expectEdge(events).toBe('   --(OX)--(ZZ)');
      expectCounts(events).toBe({ overrun: 1, dropped: 1, discarded: 2 });
    });
  });

  test('batched events can be counted, not drawn', () => {
    const batched = (
      check: (
        kit: Parameters<Parameters<typeof marbles>[0]>[0],
        events: Subject<EdgeEvent>,
      ) => void,
    ) => {
      marbles((kit) => {
        const events = new Subject<EdgeEvent>();
        check(kit, events);
        kit
          .hot('abc|')
          .pipe(trackBackpressure(new Readiness(), { edge: 'e', events, batch: { count: 99 } }))
          .subscribe();
      });
    };
    batched(({ expectCounts }, events) => {
      expectCounts(events).toBe({ delivered: 3 });
    });
    expect(() => {
      batched(({ expectEdge }, events) => {
        expectEdge(events).toBe('DDD');
      });
    }).toThrow(/stands for 3 occurrences/);
  });

  test('counts that differ are shown in columns', () => {
    const { message } = failing(({ hot, readiness, expectCounts }) => {
      const events = new Subject<EdgeEvent>();
      const ready = readiness('t-f-');
      hot('-a-b|')
        .pipe(trackBackpressure(ready, { edge: 'e', events }))
        .subscribe();
      expectCounts(events).toBe({ delivered: 2 });
    });
    expect(message).toBe(
      text(`
      1 of 1 expectations do not hold:

      expectCounts
                      expected    actual
        delivered            2         2
        backpressure         0         1  <
        behind               0         1  <
    `),
    );
  });

  test('a letter that stands for nothing is refused', () => {
    expect(
      failing(({ expectEdge }) => {
        expectEdge(new Subject<EdgeEvent>()).toBe('-Q');
      }).message,
    ).toBe('expectEdge "-Q": "Q" at frame 1 stands for nothing. Give it a value.');
  });
});
