import { Observable, Subject, take } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { trampoline } from '../../../src/metrics/trampoline';
import { failure } from '../../support/collect';

describe('trampoline', () => {
  it.each(['|', '#', '-', 'a-b-|', '(ab|)', 'a-#'])('passes %s on as it is', (marble) => {
    new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(
      ({ cold, expectObservable }) => {
        const source = cold(marble);
        expectObservable(source.pipe(trampoline())).toBe(marble);
      },
    );
  });

  it('delivers what arrives meanwhile after what is being delivered, the end last', () => {
    const source = new Subject<number>();
    const seen: string[] = [];
    source.pipe(trampoline()).subscribe({
      next: (value) => {
        seen.push(`begin ${value}`);
        if (value < 3) source.next(value + 1);
        else source.complete();
        seen.push(`end ${value}`);
      },
      complete: () => seen.push('complete'),
    });
    source.next(1);
    expect(seen).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2', 'begin 3', 'end 3', 'complete']);
  });

  it('loses nothing of an avalanche', () => {
    const source = new Subject<number>();
    let count = 0;
    source.pipe(trampoline()).subscribe((value) => {
      count += 1;
      for (let next = 1; value === 0 && next <= 5000; next += 1) source.next(next);
    });
    source.next(0);
    expect(count).toBe(5001);
  });

  it('lets go of the source when nobody listens any more', () => {
    const source = new Subject<number>();
    source.pipe(trampoline(), take(1)).subscribe();
    source.next(1);
    expect(source.observed).toBe(false);
  });

  it('lets go of a synchronous source too', () => {
    let asked = 0;
    const endless = new Observable<number>((subscriber) => {
      while (!subscriber.closed && asked < 100) subscriber.next((asked += 1));
    });
    endless.pipe(trampoline(), take(2)).subscribe();
    expect(asked).toBe(2);
  });

  it('delivers an error after what arrived before it', () => {
    const source = new Subject<number>();
    const seen: unknown[] = [];
    source.pipe(trampoline()).subscribe({
      next: (value) => {
        if (value === 1) {
          source.next(2);
          source.error(failure);
        }
        seen.push(value);
      },
      error: (error: unknown) => seen.push(error),
    });
    source.next(1);
    expect(seen).toEqual([1, 2, failure]);
  });

  it('gives each subscription its own queue', () => {
    const source = new Subject<number>();
    const twice = source.pipe(trampoline());
    const seen: number[] = [];
    twice.subscribe((value) => {
      if (value === 1) source.next(2);
    });
    twice.subscribe((value) => seen.push(value));
    source.next(1);
    expect(seen.sort()).toEqual([1, 2]);
  });
});
