import { BehaviorSubject, NEVER } from 'rxjs';
import { pace } from '../../operators';
import type { PaceOptions } from '../../operators';
import { marbles } from '../support/marbles';

/** Items named after their times: a is 0, b is 1, and so on. */
const timeOf = (item: string): number => item.charCodeAt(0) - 97;

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
