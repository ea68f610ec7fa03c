import { BehaviorSubject, NEVER, of, Subject } from 'rxjs';
import { holdUntilReady, OptionError, Readiness, serve } from '../../operators';
import type { DeadLetter, Overflow } from '../../operators';
import { failure } from '../support/collect';

describe('lost items are dead letters', () => {
  it.each<[Overflow, string]>([
    ['dropOldest', 'a dropped, b discarded, c discarded'],
    ['dropLatest', 'c dropped, a discarded, b discarded'],
  ])('of a gate: %s', (overflow, expected) => {
    const all: DeadLetter<string>[] = [];
    of('a', 'b', 'c')
      .pipe(
        holdUntilReady(new Readiness(false), {
          edge: 'e',
          capacity: 2,
          overflow,
          deadLetters: { next: (letter) => all.push(letter) },
        }),
      )
      .subscribe()
      .unsubscribe();
    // `of` has completed; what waits is discarded by the unsubscription.
    expect(all.map(({ item, reason }) => `${item} ${reason}`).join(', ')).toBe(expected);
    expect(all.every(({ edge, at }) => edge === 'e' && at > 0)).toBe(true);
  });

  it('of a server: the item in service as well; none that is not counted', () => {
    const all: string[] = [];
    of('a', 'b', 'watermark')
      .pipe(
        serve(() => NEVER, {
          isCounted: (item) => item !== 'watermark',
          deadLetters: ({ item }) => all.push(item),
        }),
      )
      .subscribe()
      .unsubscribe();
    expect(all).toEqual(['a', 'b']);
  });

  it('who receives them and throws, fails the stream, and gets no more', () => {
    let letters = 0;
    const errors: unknown[] = [];
    of('a', 'b', 'c', 'd')
      .pipe(
        serve(() => NEVER, {
          capacity: 1,
          overflow: 'dropLatest',
          deadLetters: () => {
            letters += 1;
            throw failure;
          },
        }),
      )
      .subscribe({ error: (error: unknown) => errors.push(error) });
    expect([errors, letters]).toEqual([[failure], 1]);
  });

  it('a Subject that has ended is refused', () => {
    const deadLetters = new Subject<DeadLetter<string>>();
    deadLetters.complete();
    const errors: unknown[] = [];
    of('a')
      .pipe(serve(() => NEVER, { deadLetters }))
      .subscribe({ error: (error: unknown) => errors.push(error) });
    expect(errors).toEqual([expect.any(OptionError)]);
  });
});

describe('depth: how many wait', () => {
  it('of a server', () => {
    const depth = new BehaviorSubject(0);
    const seen: number[] = [];
    depth.subscribe((n) => seen.push(n));
    const ends: Subject<never>[] = [];
    const source = new Subject<string>();
    const served = source
      .pipe(
        serve(
          () => {
            const end = new Subject<never>();
            ends.push(end);
            return end;
          },
          { depth },
        ),
      )
      .subscribe();
    for (const item of ['a', 'b', 'c', 'd']) source.next(item);
    ends[0]?.complete();
    served.unsubscribe();
    expect(seen).toEqual([0, 1, 2, 3, 2, 0]);
  });

  it('of a gate', () => {
    const depth = new BehaviorSubject(0);
    const seen: number[] = [];
    depth.subscribe((n) => seen.push(n));
    const readiness = new Readiness(false);
    const source = new Subject<string>();
    const held = source.pipe(holdUntilReady(readiness, { depth })).subscribe();
    source.next('a');
    source.next('b');
    readiness.next(true);
    source.next('c');
    readiness.next(false);
    source.next('d');
    held.unsubscribe();
    expect(seen).toEqual([0, 1, 2, 0, 1, 0]);
  });
});
