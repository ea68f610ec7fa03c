import { BehaviorSubject, NEVER, of, range, Subject, throwError } from 'rxjs';
import { OptionError, OverflowError, pace, pull, Readiness } from '../../operators';
import type { PaceOptions } from '../../operators';
import { marbles } from '../support/marbles';
import { messageOf } from '../support/collect';

// Of the correctness checklist, overflow policies and discards do not apply: what waits here has not
// been offered to anybody, and a full buffer is an error. Readiness is asked by the gate behind.

/** Items named after their times: a is 0, b is 1, and so on. */
const timeOf = (item: string): number => item.charCodeAt(0) - 97;

describe('pace: releases items when they are due', () => {
  it.each([
    ['at their times', '(abd|)', 1, 'ab-(d|)'],
    ['twice as fast', '(ace|)', 2, 'ac(e|)'],
    ['half as fast', '(abc|)', 0.5, 'a-b-(c|)'],
    ['equal times together', '(abbf|)', 1, 'a(bb)(f|)'],
    ['the first one at once, whatever its time', '-(df|)', 1, '-d-(f|)'],
    ['one that falls behind at once', 'd-(a|)', 1, 'd-(a|)'],
    ['late ones at once', '(ab)------c|', 1, 'ab--------c|'],
    ['never earlier than they come', 'a-----c-----g|', 1, 'a-----c-----g|'],
    ['completes after the last one', '(ag)|', 1, 'a-----(g|)'],
    ['an error passes at once', '(ad)-#', 1, 'a--d-#'],
    ['an error passes before what waits', '(az)-#', 1, 'a----#'],
  ])('%s', (_title, source, speed, result) => {
    marbles(({ cold, scheduler, expectObservable }) => {
      expectObservable(cold(source).pipe(pace({ timeOf, speed, scheduler }))).toBe(result);
    });
  });

  it('tells when each was due, and when it was released', () => {
    marbles(({ cold, scheduler, flush }) => {
      const log: unknown[] = [];
      const released = (...all: unknown[]): unknown => log.push(all);
      cold('(ac)---b|').pipe(pace({ timeOf, scheduler, released })).subscribe();
      flush();
      expect(log).toEqual([
        ['a', 0, 0],
        ['c', 2, 2],
        ['b', 1, 7],
      ]);
    });
  });

  it('origin: the time of the items at which the clock starts', () => {
    marbles(({ cold, scheduler, expectObservable }) => {
      const origin = (): number => 1;
      expectObservable(cold('(ce|)').pipe(pace({ timeOf, scheduler, origin }))).toBe('-c-(e|)');
    });
  });

  it('unsubscribed from while it waits: nothing happens later', () => {
    marbles(({ cold, scheduler, expectObservable, expectSubscriptions }) => {
      const source = cold('(acz)');
      expectObservable(source.pipe(pace({ timeOf, scheduler })), '^--!').toBe('a-c-');
      expectSubscriptions(source.subscriptions).toBe('^--!');
    });
  });

  it('unsubscribed from within next: what is due at the same time does not come', () => {
    const seen: string[] = [];
    const source = new Subject<string>();
    const subscription = source.pipe(pace({ timeOf })).subscribe((item) => {
      seen.push(item);
      for (const same of ['a', 'a']) source.next(same);
      subscription.unsubscribe();
    });
    source.next('a');
    expect(seen).toEqual(['a']);
  });
});

type Flags = (marble: string) => BehaviorSubject<boolean>;

describe('pace: what can be changed on the way', () => {
  const changes: [string, string, (flags: Flags) => Partial<PaceOptions<string>>, string][] = [
    [
      'paused: the clock of the items stands still',
      '(abcdef|)',
      (flags) => ({ paused: flags('f-t---f') }),
      'ab----cde(f|)',
    ],
    [
      'paused though paused already: no jump',
      '(abcdef|)',
      (flags) => ({ paused: flags('f-t-t-f-f') }),
      'ab----cde(f|)',
    ],
    [
      'paused from the first: nothing is due before the end of that',
      '(ab|)',
      (flags) => ({ paused: flags('t---f') }),
      '----a(b|)',
    ],
    [
      'a pause does not keep back the completion of nothing',
      'a---|',
      (flags) => ({ paused: flags('f-t') }),
      'a---|',
    ],
    ['not active: everything passes at once', '(abz|)', () => ({ active: false }), '(abz|)'],
    [
      'an Observable that has not emitted means not active, and not paused',
      '(az|)',
      () => ({ active: NEVER, paused: NEVER }),
      '(az|)',
    ],
    [
      'getting inactive lets everything go',
      '(abz|)',
      (flags) => ({ active: flags('t---f') }),
      'ab--(z|)',
    ],
    [
      'getting active starts with the next item',
      'a-------(eg|)',
      (flags) => ({ active: flags('f-t') }),
      'a-------e-(g|)',
    ],
    [
      'active though active already: no jump',
      '(abcdef|)',
      (flags) => ({ active: flags('t-t-t') }),
      'abcde(f|)',
    ],
    [
      'an Observable that completes keeps its last value',
      '(abc|)',
      (flags) => ({ active: flags('t|') }),
      'ab(c|)',
    ],
    [
      'the next gate holds something: nothing more is released, and what is late comes at once',
      '(acg|)',
      (flags) => ({ downstream: flags('ft---f') }),
      'a----c(g|)',
    ],
    [
      'getting active while the next gate holds the last item: the clock is set to that',
      'a--(be|)',
      (flags) => ({ active: flags('f--t'), downstream: flags('ft---f') }),
      'a----b-(e|)',
    ],
  ];
  it.each(changes)('%s', (_title, source, options, result) => {
    marbles(({ cold, scheduler, flags, expectObservable }) => {
      const given = options((marble) => {
        const flag = new BehaviorSubject(marble.startsWith('t'));
        flags(marble).subscribe(flag);
        return flag;
      });
      expectObservable(cold(source).pipe(pace({ timeOf, scheduler, ...given }))).toBe(result);
    });
  });

  it.each([
    ['faster, from where the items are', 'S---F', { S: 1, F: 2 }, 'abcdeg(i|)'],
    ['slower, from where the items are', 'S-F', { S: 1, F: 0.5 }, 'abc-d-e---g---(i|)'],
    ['the same again: no jump', 'S-S-S', { S: 1 }, 'abcde-g-(i|)'],
    ['late, 1 until then', '----F', { F: 2 }, 'abcdeg(i|)'],
  ])('speed: %s', (_title, marble, values, result) => {
    marbles(({ cold, hot, scheduler, expectObservable }) => {
      const speed = hot<number>(marble, values);
      const source = cold('(abcdegi|)');
      expectObservable(source.pipe(pace({ timeOf, scheduler, speed }))).toBe(result);
    });
  });

  it('speed changed during a pause: from where the items stand still', () => {
    marbles(({ cold, hot, scheduler, flags, expectObservable }) => {
      const speed = hot('             S---F', { S: 1, F: 2 });
      const paused = flags('          f-t---f');
      const source = cold('           (abceg|)');
      const result = '                ab----ce(g|)';
      expectObservable(source.pipe(pace({ timeOf, scheduler, speed, paused }))).toBe(result);
    });
  });

  it('speed from an Observable that emits at once', () => {
    marbles(({ cold, scheduler, expectObservable }) => {
      const speed = new BehaviorSubject(2);
      expectObservable(cold('(ac|)').pipe(pace({ timeOf, scheduler, speed }))).toBe('a(c|)');
    });
  });
});

describe('pace: room', () => {
  it('a source that can be pulled is pulled when nothing waits any more', () => {
    const room = new Readiness();
    let pulled = 0;
    const chunks = {
      *[Symbol.iterator]() {
        while (pulled < 5) yield new Array<number>(1_024).fill((pulled += 1));
      },
    };
    const paused = new BehaviorSubject(false);
    let released = 0;
    pull(chunks, { readiness: room })
      .pipe(pace({ timeOf: () => 0, room, paused }))
      .subscribe(() => {
        released += 1;
        if (released === 1) paused.next(true);
      });
    expect([pulled, released]).toEqual([2, 1]);
  });

  it('completes though the source ends only when it finds room', () => {
    const room = new Readiness();
    let completed = false;
    pull([new Array<number>(1_024).fill(0)], { readiness: room })
      .pipe(pace({ timeOf: () => 0, room }))
      .subscribe({ complete: () => (completed = true) });
    expect(completed).toBe(true);
  });

  it('is there again for the next subscriber', () => {
    const room = new Readiness();
    range(0, 2_000)
      .pipe(pace({ timeOf: (n) => n * 1_000, room }))
      .subscribe()
      .unsubscribe();
    const between = room.value;
    NEVER.pipe(pace({ timeOf: Number, room })).subscribe();
    expect([between, room.value]).toEqual([false, true]);
  });

  it('more than the capacity is an error', () => {
    marbles(({ cold, scheduler, expectObservable, expectSubscriptions }) => {
      const source = cold('  (axyz)');
      const paced = source.pipe(pace({ timeOf, scheduler, capacity: 2, edge: 'feed' }));
      expectObservable(paced).toBe('(a#)', undefined, new OverflowError('feed', 2));
      expectSubscriptions(source.subscriptions).toBe('(^!)');
    });
  });
});

describe('pace: errors', () => {
  const broken = (): never => {
    throw new Error('broken');
  };
  it.each<[string, Partial<PaceOptions<string>>]>([
    ['timeOf', { timeOf: broken }],
    ['origin', { origin: broken }],
    ['released', { released: broken }],
    ['an Observable of speed', { speed: throwError(broken) }],
    ['active', { active: throwError(broken) }],
    ['paused', { paused: throwError(broken) }],
  ])('%s that throws is an error of the stream', (_title, options) => {
    const errors: unknown[] = [];
    const source = new Subject<string>();
    source
      .pipe(pace({ timeOf, ...options }))
      .subscribe({ error: (error: unknown) => errors.push(messageOf(error)) });
    source.next('a');
    source.next('b');
    expect([errors, source.observed]).toEqual([['broken'], false]);
  });

  it('released that throws when a later item is due', () => {
    marbles(({ cold, scheduler, expectObservable }) => {
      const released = (item: string): void => {
        if (item === 'c') broken();
      };
      const paced = cold('(acd)').pipe(pace({ timeOf, scheduler, released }));
      expectObservable(paced).toBe('a-#', undefined, new Error('broken'));
    });
  });

  it.each([0, -1, NaN, Infinity])('a speed of %p is refused: at once, or as an error', (speed) => {
    const errors: unknown[] = [];
    expect(() => pace({ timeOf, speed })).toThrow(OptionError);
    NEVER.pipe(pace({ timeOf, speed: of(speed) })).subscribe({
      error: (error: unknown) => errors.push(error),
    });
    expect(errors).toEqual([expect.any(OptionError)]);
  });

  it.each([0, -1, NaN, 1.5])('a capacity of %p is refused at once', (capacity) => {
    expect(() => pace({ timeOf, capacity })).toThrow(OptionError);
  });
});
