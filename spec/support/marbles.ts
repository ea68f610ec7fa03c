import fc from 'fast-check';
import { Observable } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import type { RunHelpers } from 'rxjs/testing';
import { Readiness } from '../../operators';

export interface Marbles extends RunHelpers {
  readonly scheduler: TestScheduler;
  /** A readiness from a marble of `t` and `f`: true at first, unless the marble begins with `f`. It ends as the marble does. */
  readonly ready: (marble: string) => Readiness;
  /** The same as an Observable, which emits nothing before the marble says so. */
  readonly flags: (marble: string) => Observable<boolean>;
}

/** Runs a marble test whose expectations are jest's. */
export function marbles(test: (helpers: Marbles) => void): void {
  const scheduler = new TestScheduler((actual, expected) => {
    expect(actual).toEqual(expected);
  });
  scheduler.run((helpers) => {
    const flags = (marble: string): Observable<boolean> =>
      helpers.hot(marble, { t: true, f: false });
    const ready = (marble: string): Readiness => {
      const readiness = new Readiness(!marble.trim().startsWith('f'));
      flags(marble).subscribe(readiness);
      return readiness;
    };
    test({ ...helpers, scheduler, flags, ready });
  });
}

/** One thing in a marble: its frame, and its letter (`|` and `#` for the ends). */
interface Occurrence {
  readonly at: number;
  readonly letter: string;
}

/** What a marble says, with every letter for itself. */
function read(marble: string): Occurrence[] {
  return TestScheduler.parseMarbles(marble, undefined, undefined, true, true).map(
    ({ frame, notification }) => ({
      at: frame,
      letter:
        notification.kind === 'N'
          ? (notification.value as string)
          : notification.kind === 'C'
            ? '|'
            : '#',
    }),
  );
}

/**
 * Plays a marble on any scheduler. `ahead`: everything is scheduled at subscription, so that at one
 * instant it comes before what is scheduled later; otherwise each occurrence schedules the next.
 */
export function play(marble: string, scheduler: SchedulerLike, ahead = true): Observable<string> {
  return new Observable((subscriber) => {
    const all = read(marble);
    const happen = ({ letter }: Occurrence): void => {
      if (letter === '|') subscriber.complete();
      else if (letter === '#') subscriber.error('#');
      else subscriber.next(letter);
    };
    if (ahead) {
      for (const one of all) {
        subscriber.add(
          scheduler.schedule(() => {
            happen(one);
          }, one.at),
        );
      }
      return;
    }
    const from = (index: number): void => {
      const one = all[index];
      if (one === undefined) return;
      subscriber.add(
        scheduler.schedule(
          () => {
            happen(one);
            from(index + 1);
          },
          one.at - (all[index - 1]?.at ?? 0),
        ),
      );
    };
    from(0);
  });
}

/** Random marbles of items, some of them at one instant; `end` is appended. */
export const itemMarbles = (end = '|'): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        { weight: 4, arbitrary: fc.constant('x') },
        { weight: 3, arbitrary: fc.constant('-') },
        { weight: 1, arbitrary: fc.constantFrom('(xx)', '(xxx)', '(xxxxxxx)', ' 9ms ') },
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join('') + end);

/** Random marbles of `t` and `f`, now and then without a change. */
export const flagMarbles = (): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        { weight: 5, arbitrary: fc.constantFrom('-', '--', '---', ' 7ms ') },
        { weight: 1, arbitrary: fc.constant('t') },
        { weight: 1, arbitrary: fc.constant('f') },
      ),
      { maxLength: 25 },
    )
    .map((parts) => parts.join(''));

/** A random case, printed by a failing property as the marbles that reproduce it. */
export function cases<T extends Record<string, unknown>>(arbitraries: {
  [K in keyof T]: fc.Arbitrary<T[K]>;
}): fc.Arbitrary<T> {
  return fc.record(arbitraries).map((values) => {
    const picture = Object.entries(values)
      .map(
        ([name, value]) =>
          `\n  ${name.padEnd(12)}${typeof value === 'string' ? value : fc.stringify(value)}`,
      )
      .join('');
    Object.defineProperty(values, fc.toStringMethod, { value: () => picture });
    return values;
  });
}
