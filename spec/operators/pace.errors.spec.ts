import { NEVER, of, Subject, throwError } from 'rxjs';
import { OptionError, pace } from '../../operators';
import type { PaceOptions } from '../../operators';
import { marbles } from '../support/marbles';
import { messageOf } from '../support/collect';

/** Items named after their times: a is 0, b is 1, and so on. */
const timeOf = (item: string): number => item.charCodeAt(0) - 97;

describe('pace: errors', () => {
  const broken = (): never => {
    throw new Error('broken');
  };
  it.each<[string, Partial<PaceOptions<string>>]>([
    ['timeOf', { timeOf: broken }],
    ['origin', { origin: broken }],
    ['released', { onRelease: broken }],
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
      const paced = cold('(acd)').pipe(pace({ timeOf, scheduler, onRelease: released }));
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
