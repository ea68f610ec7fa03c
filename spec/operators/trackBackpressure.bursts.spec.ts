import { BehaviorSubject, of, Subject } from 'rxjs';
import { Readiness, trackBackpressure } from '../../operators';
import { booksOf } from '../support/books';

describe('trackBackpressure: burst and behind', () => {
  const due = { a: 0, b: 0, c: 0, d: 5, e: 5 } as const;
  type Name = keyof typeof due;

  it.each([
    // items, when the consumer is ready, burst, behind
    ['what is due at one instant is a burst', ['a', 'b', 'c'], [true, false, false], 2, 0],
    ['what is due after something unfinished is behind', ['a', 'd'], [true, false], 0, 1],
    ['behind stays behind, also within a burst', ['a', 'd', 'e'], [true, false, false], 0, 2],
    ['getting ready starts anew', ['a', 'd', 'e'], [true, true, false], 1, 0],
    ['not ready with nothing handed over: behind', ['a'], [false], 0, 1],
  ] as const)('%s', (_title, items, readiness, burst, behind) => {
    const books = booksOf();
    const subject = new BehaviorSubject(true);
    const source = new Subject<Name>();
    source
      .pipe(trackBackpressure(subject, { edge: 'e', events: books, dueAt: (item) => due[item] }))
      .subscribe();
    items.forEach((item, i) => {
      subject.next(readiness[i] === true);
      source.next(item);
    });
    expect(books.counts).toMatchObject({ burst, behind, backpressure: burst + behind });
  });

  it.each([
    // due first and then, floor first and then, burst, behind
    ['what was overdue when the clock took over was due then, all of it', 0, 5, -Infinity, 7, 1, 0],
    ['what is due later is not', 0, 8, -Infinity, 7, 0, 1],
    ['a floor that is taken away counts no more', 0, 5, 7, -Infinity, 0, 1],
  ])('%s', (_title, first, second, floor, later, burst, behind) => {
    const books = booksOf();
    const readiness = new Readiness();
    let dueFloor = floor;
    const source = new Subject<number>();
    source
      .pipe(
        trackBackpressure(readiness, {
          edge: 'e',
          events: books,
          dueAt: (due) => due,
          dueFloor: () => dueFloor,
        }),
      )
      .subscribe();
    source.next(first);
    readiness.next(false);
    dueFloor = later;
    source.next(second);
    expect(books.counts).toMatchObject({ burst, behind });
  });

  it('without due times, all is behind', () => {
    const books = booksOf();
    of('a', 'b')
      .pipe(trackBackpressure(new Readiness(false), { edge: 'e', events: books }))
      .subscribe();
    expect(books.counts).toMatchObject({ burst: 0, behind: 2 });
  });

  it('an item that is none to count keeps the consumer busy all the same', () => {
    const books = booksOf();
    const subject = new BehaviorSubject(true);
    const source = new Subject<Name>();
    const counts = (item: Name): boolean => item !== 'a';
    source
      .pipe(
        trackBackpressure(subject, {
          edge: 'e',
          events: books,
          isCounted: counts,
          dueAt: (item) => due[item],
        }),
      )
      .subscribe();
    source.next('a');
    subject.next(false);
    source.next('d');
    expect(books.counts).toMatchObject({ burst: 0, behind: 1 });
  });

  it('an undefined item is one like any other', () => {
    const books = booksOf();
    const subject = new BehaviorSubject(true);
    const source = new Subject<undefined>();
    source
      .pipe(trackBackpressure(subject, { edge: 'e', events: books, dueAt: () => 0 }))
      .subscribe();
    source.next(undefined);
    subject.next(false);
    source.next(undefined);
    expect(books.counts).toMatchObject({ burst: 1, behind: 0 });
  });
});
