import { BehaviorSubject, NEVER, of } from 'rxjs';
import { Holding, pace } from '../../operators';
import type { PaceOptions } from '../../operators';
import { marbles } from '../support/marbles';

/** Items named after their times: a is 0, b is 1, and so on. */
const timeOf = (item: string): number => item.charCodeAt(0) - 97;

type Flags = (marble: string) => Holding;

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
      '(abyz|)',
      (flags) => ({ active: flags('t---f') }),
      'ab--(yz|)',
    ],
    [
      'not active, though the next gate holds something: nothing passes',
      'ab|',
      (flags) => ({ active: false, downstream: flags('t---f-') }),
      '----(ab|)',
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
        const flag = new Holding(marble.startsWith('t'));
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

  it('slower than before, from where the items have come to', () => {
    marbles(({ cold, hot, scheduler, expectObservable }) => {
      const speed = hot('    F---S', { F: 2, S: 1 });
      const source = cold('  (acegkm|)');
      const result = '       aceg--k-(m|)';
      expectObservable(source.pipe(pace({ timeOf, scheduler, speed }))).toBe(result);
    });
  });

  it('an item of the very instant at which a pause begins is due when that ends', () => {
    marbles(({ cold, scheduler, flags, flush }) => {
      const log: unknown[] = [];
      const released = (...all: unknown[]): unknown => log.push(all);
      const paused = flags('f-t---f');
      cold('(acd|)')
        .pipe(pace({ timeOf, scheduler, paused, onRelease: released }))
        .subscribe();
      flush();
      expect(log).toEqual([
        ['a', 0, 0],
        ['c', 6, 6],
        ['d', 7, 7],
      ]);
    });
  });

  it('origin is where the clock starts with the first item, and not when it starts anew', () => {
    marbles(({ cold, scheduler, flags, expectObservable }) => {
      const active = flags(' t---f-t');
      const source = cold('  b------(gi|)');
      const origin = (): number => 0;
      const paced = source.pipe(pace({ timeOf, scheduler, active, origin }));
      expectObservable(paced).toBe('-b-----g-(i|)');
    });
  });

  it('a change from within next: what is due as well has its turn when the item has passed', () => {
    const [speed, paused] = [new BehaviorSubject(1), new BehaviorSubject(true)];
    const log: string[] = [];
    of('a1', 'a2')
      .pipe(pace({ timeOf: () => 0, speed, paused }))
      .subscribe((item) => {
        log.push(`${item} comes`);
        speed.next(2);
        log.push(`${item} has passed`);
      });
    paused.next(false);
    expect(log).toEqual(['a1 comes', 'a1 has passed', 'a2 comes', 'a2 has passed']);
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
