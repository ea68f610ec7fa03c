import { BehaviorSubject, NEVER, of, Subject } from 'rxjs';
import {
  holdUntilReady,
  OptionError,
  pull,
  Readiness,
  serve,
  trackBackpressure,
} from '../../operators';
import type { EdgeEvent } from '../../operators';
import { failure } from '../support/collect';
import { unhandled } from '../support/unhandled';

/** Calls as plain JavaScript may make them. */
const untyped = { holdUntilReady, pull, serve, trackBackpressure } as unknown as Record<
  string,
  (...args: unknown[]) => unknown
>;

describe('misuse in plain JavaScript is refused with what would do', () => {
  const hidden = new BehaviorSubject(true).asObservable();
  it.each<[string, string, unknown[], string]>([
    [
      'serve',
      'an unknown overflow',
      [String, { overflow: 'dropNewest' }],
      "overflow is 'dropNewest'",
    ],
    ['holdUntilReady', 'a readiness without a value', [hidden], 'readiness is Observable {…}'],
    ['pull', 'a readiness without a value', [[], { readiness: hidden }], 'readiness is'],
    [
      'trackBackpressure',
      'no options',
      [new Readiness()],
      'options of trackBackpressure is undefined',
    ],
    ['trackBackpressure', 'no readiness', [undefined, { edge: 'e' }], 'readiness is undefined'],
  ])('%s: %s', (name, _what, args, message) => {
    const make = (): unknown => untyped[name]?.(...args);
    expect(make).toThrow(OptionError);
    expect(make).toThrow(message);
  });

  it('events for a Subject that has ended are an error, not lost', () => {
    const events = new Subject<EdgeEvent>();
    events.complete();
    const errors: unknown[] = [];
    of(1)
      .pipe(trackBackpressure(new Readiness(), { edge: 'e', events }))
      .subscribe({ error: (error: unknown) => errors.push(error) });
    expect(errors).toEqual([expect.any(OptionError)]);
  });
});

describe('who receives events', () => {
  it('may be a function', () => {
    const types: string[] = [];
    of(1)
      .pipe(
        trackBackpressure(new Readiness(), { edge: 'e', events: ({ type }) => types.push(type) }),
      )
      .subscribe();
    expect(types).toEqual(['delivered']);
  });

  it('and throws when the subscriber has left: unsubscribe does not throw, the error is reported', () => {
    const events = (): never => {
      throw failure;
    };
    const served = of('a')
      .pipe(serve(() => NEVER, { events }))
      .subscribe();
    expect(
      unhandled(() => {
        served.unsubscribe();
      }),
    ).toEqual([failure]);
  });
});

it('a readiness that fails, fails the server that keeps it', () => {
  const readiness = new Readiness();
  const errors: unknown[] = [];
  NEVER.pipe(serve(() => [], { readiness })).subscribe({
    error: (error: unknown) => errors.push(error),
  });
  readiness.error(failure);
  expect(errors).toEqual([failure]);
});
