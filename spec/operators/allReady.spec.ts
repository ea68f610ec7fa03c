import { BehaviorSubject, of, Subject, VirtualTimeScheduler } from 'rxjs';
import {
  allReady,
  holdUntilReady,
  OptionError,
  Readiness,
  ReadinessError,
  serve,
  trackBackpressure,
} from '../../operators';
import { booksOf } from '../support/books';
import { failure } from '../support/collect';
import { marbles } from '../support/marbles';

/** Two readinesses, and both together. */
function given(): {
  a: Readiness;
  b: Readiness;
  both: ReturnType<typeof allReady>;
  seen: boolean[];
} {
  const [a, b] = [new Readiness(), new Readiness()];
  const both = allReady(a, b);
  const seen: boolean[] = [];
  both.subscribe({ next: (ready) => seen.push(ready), error: () => undefined });
  return { a, b, both, seen };
}

describe('allReady', () => {
  it('is ready while all are, and tells each change once', () => {
    const { a, b, both, seen } = given();
    a.next(false);
    b.next(false);
    a.next(true);
    const between = both.value;
    b.next(true);
    expect([seen, between, both.value]).toEqual([[true, false, true], false, true]);
    expect(both).toBeInstanceOf(BehaviorSubject);
  });

  it('whoever has seen it false without being told hears when it is true', () => {
    const { a, b, both, seen } = given();
    a.occupyQuietly(1);
    b.occupyQuietly(2);
    const between = both.value;
    a.free(1);
    b.free(2);
    expect([between, both.value, seen]).toEqual([false, true, [true, false, true]]);
  });

  it('is free when the last of them is', () => {
    const { a, b, both } = given();
    a.occupy(3);
    b.occupy(5);
    expect([both.freeAt, both.isReadyAt(4), both.isReadyAt(5)]).toEqual([5, false, true]);
  });

  it('asks every one to finish what is finished', () => {
    const asked: string[] = [];
    const readinessOf = (name: string): Readiness => {
      const readiness = new Readiness();
      readiness.attach({
        name,
        scheduler: new VirtualTimeScheduler(),
        fail: () => undefined,
        catchUp: () => asked.push(name),
      });
      readiness.occupy();
      return readiness;
    };
    allReady(readinessOf('a'), readinessOf('b')).isReadyAt(1);
    expect(asked).toEqual(['a', 'b']);
  });

  it('cannot be switched, combines something, and fails when one of them does', () => {
    const { a, both } = given();
    const errors: unknown[] = [];
    both.subscribe({ error: (error: unknown) => errors.push(error) });
    expect(() => {
      (both as BehaviorSubject<boolean>).next(false);
    }).toThrow(ReadinessError);
    expect(() => allReady()).toThrow(OptionError);
    a.error(failure);
    expect(errors).toEqual([failure]);
  });

  it('one item to two consumers: the slower one is what counts', () => {
    marbles(({ hot, scheduler, flush }) => {
      const [fast, slow] = [new Readiness(), new Readiness()];
      const books = booksOf();
      const shared = new Subject<string>();
      const server = (readiness: Readiness, serviceTime: number) =>
        serve(() => [], { readiness, scheduler, serviceTime });
      shared.pipe(server(fast, 1)).subscribe();
      shared.pipe(server(slow, 3)).subscribe();
      hot('-a-b-c-----d')
        .pipe(trackBackpressure(allReady(fast, slow), { edge: 'e', events: books, scheduler }))
        .subscribe(shared);
      flush();
      expect(books.counts).toMatchObject({ delivered: 4, backpressure: 2 });
    });
  });

  it('a tracker on another clock than one of them is an error', () => {
    const { b, both } = given();
    const errors: unknown[] = [];
    b.attach({ name: 'b', scheduler: new VirtualTimeScheduler(), fail: () => undefined });
    of(1)
      .pipe(trackBackpressure(both, { edge: 'e', scheduler: new VirtualTimeScheduler() }))
      .subscribe({ error: (error: unknown) => errors.push(error) });
    expect(errors).toEqual([expect.any(ReadinessError)]);
  });

  it('opens a gate when both are ready', () => {
    const { a, b, both } = given();
    const seen: string[] = [];
    a.next(false);
    b.next(false);
    of('x')
      .pipe(holdUntilReady(both))
      .subscribe((item) => seen.push(item));
    a.next(true);
    const before = [...seen];
    b.next(true);
    expect([before, seen]).toEqual([[], ['x']]);
  });
});
