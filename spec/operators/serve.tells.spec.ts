import { NEVER, of, Subject } from 'rxjs';
import { serve } from '../../operators';
import { booksOf } from '../support/books';
import { marbles } from '../support/marbles';

const upper = (item: string): string[] => [item.toUpperCase()];

describe('serve: what it tells', () => {
  it('the meter: when service began, when it was over, how long it took', () => {
    marbles(({ hot, scheduler, flush }) => {
      const log: unknown[] = [];
      const meter = {
        started: (item: string, at: number) => log.push(['started', item, at]),
        served: (item: string, start: number, took: number) =>
          log.push(['served', item, start, took]),
      };
      hot('-ab')
        .pipe(serve(upper, { scheduler, meter, serviceTime: 3 }))
        .subscribe();
      flush();
      expect(log).toEqual([
        ['started', 'a', 1],
        ['served', 'a', 1, 3],
        ['started', 'b', 4],
        ['served', 'b', 4, 3],
      ]);
    });
  });

  it('stamp is told of each output and of the end of its service, before it leaves', () => {
    const log: unknown[] = [];
    const stamp = (output: string, finish: number): unknown => log.push([output, finish]);
    of('a')
      .pipe(serve(upper, { stamp, offeredAt: () => 7, serviceTime: () => 0 }))
      .subscribe((output) => log.push(output));
    expect(log).toEqual([['A', 7], 'A']);
  });

  it.each([
    ['none while the inbox is empty', '-a--b', 0],
    ['one for each item that comes while another lies there', '-abcd', 2],
    ['an earlier one whose service begins at this very instant lies there no more', '-ab-c', 0],
  ])('overruns: %s', (_title, source, overrun) => {
    marbles(({ hot, scheduler, flush }) => {
      const books = booksOf();
      hot(source)
        .pipe(serve(upper, { scheduler, events: books, serviceTime: 3 }))
        .subscribe();
      flush();
      expect(books.counts.overrun).toBe(overrun);
    });
  });

  it('an item that is none to count overruns nobody, but may be overrun', () => {
    const books = booksOf();
    const counts = (item: string): boolean => item !== 'watermark';
    const source = new Subject<string>();
    source.pipe(serve(() => NEVER, { events: books, counts })).subscribe();
    for (const item of ['a', 'watermark', 'b', 'watermark']) source.next(item);
    expect(books.counts.overrun).toBe(1);
  });
});
