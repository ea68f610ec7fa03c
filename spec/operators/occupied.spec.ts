import { concatMap, mergeMap, NEVER, of, range, Subject, take, throwError, timer } from 'rxjs';
import {
  occupied,
  OptionError,
  pull,
  Readiness,
  ReadinessError,
  serve,
  trackBackpressure,
} from '../../operators';
import { booksOf } from '../support/books';
import { failure } from '../support/collect';
import { marbles } from '../support/marbles';

describe('occupied', () => {
  it('concatMap is a consumer that says when it is busy', () => {
    marbles(({ hot, cold, expectObservable }) => {
      const readiness = new Readiness();
      const source = hot('             -a---b-c--------|');
      expectObservable(readiness).toBe('tf--tf-----t', { t: true, f: false });
      const saved = source.pipe(concatMap(occupied(readiness, () => cold('--x|'))));
      expectObservable(saved).toBe('   ---x---x--x-----|');
    });
  });

  it('a tracker in front counts what waits, on its clock too', () => {
    marbles(({ hot, cold, scheduler, flush }) => {
      for (const clock of [{}, { scheduler }]) {
        const readiness = new Readiness();
        const books = booksOf();
        hot('-a---b-c----')
          .pipe(
            trackBackpressure(readiness, { edge: 'e', events: books, ...clock }),
            concatMap(occupied(readiness, () => cold('---|'), clock)),
          )
          .subscribe();
        flush();
        expect(books.counts).toMatchObject({ delivered: 3, backpressure: 1 });
      }
    });
  });

  it('with pull, one item is read ahead of the one that is saved', () => {
    marbles(({ cold, flush }) => {
      const readiness = new Readiness();
      let read = 0;
      let saved = 0;
      const ahead: number[] = [];
      function* numbers(): Generator<number> {
        while (read < 5_000) yield (read += 1);
      }
      pull(numbers(), { readiness })
        .pipe(concatMap(occupied(readiness, () => cold('-|'))))
        .subscribe();
      const look = (): void => {
        ahead.push(read - saved);
        saved += 1;
      };
      timer(0.5, 1).pipe(take(20)).subscribe(look);
      flush();
      expect(new Set(ahead)).toEqual(new Set([1]));
    });
  });

  it('what completes at once takes no stack and leaves it ready', () => {
    const readiness = new Readiness();
    let saved = 0;
    pull(
      Array.from({ length: 100_000 }, (_, n) => n),
      { readiness },
    )
      .pipe(concatMap(occupied(readiness, (n) => of(n))))
      .subscribe(() => (saved += 1));
    expect([saved, readiness.value]).toEqual([100_000, true]);
  });

  it('mergeMap: ready while fewer than so many are under way', () => {
    const readiness = new Readiness();
    const ends: Subject<number>[] = [];
    const source = new Subject<number>();
    const begin = (): Subject<number> => {
      const end = new Subject<number>();
      ends.push(end);
      return end;
    };
    source.pipe(mergeMap(occupied(readiness, begin, { concurrency: 2 }), 2)).subscribe();
    const values: boolean[] = [];
    source.next(1);
    values.push(readiness.value);
    source.next(2);
    values.push(readiness.value);
    ends[0]?.complete();
    values.push(readiness.value);
    ends[1]?.complete();
    values.push(readiness.value);
    expect(values).toEqual([true, false, true, true]);
  });

  it.each<[string, () => ReturnType<typeof throwError>]>([
    ['fails', () => throwError(() => failure)],
    [
      'throws',
      () => {
        throw failure;
      },
    ],
  ])('work that %s passes its error and frees the readiness', (_how, project) => {
    const readiness = new Readiness();
    const errors: unknown[] = [];
    of(1)
      .pipe(concatMap(occupied(readiness, project)))
      .subscribe({ error: (error: unknown) => errors.push(error) });
    expect([errors, readiness.value]).toEqual([[failure], true]);
  });

  it('a subscriber that leaves frees it, and stops a synchronous source', () => {
    const readiness = new Readiness();
    const source = of(1).pipe(concatMap(occupied(readiness, () => NEVER)));
    const subscription = source.subscribe();
    const busy = readiness.value;
    subscription.unsubscribe();
    let produced = 0;
    const counting = range(0, 99).pipe(
      mergeMap((n) => {
        produced += 1;
        return of(n);
      }),
    );
    of(1)
      .pipe(concatMap(occupied(readiness, () => counting)), take(2))
      .subscribe();
    expect([busy, readiness.value, produced]).toEqual([false, true, 2]);
  });

  it('is the one consumer of its readiness', () => {
    const readiness = new Readiness();
    NEVER.pipe(serve(() => [], { readiness })).subscribe();
    const errors: unknown[] = [];
    of(1)
      .pipe(concatMap(occupied(readiness, () => NEVER)))
      .subscribe({ error: (error: unknown) => errors.push(error) });
    expect(errors).toEqual([expect.any(ReadinessError)]);
  });

  it('concurrency 0 is refused at once', () => {
    expect(() => occupied(new Readiness(), () => NEVER, { concurrency: 0 })).toThrow(OptionError);
  });
});
