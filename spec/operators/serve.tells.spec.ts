import { NEVER, of, Subject, VirtualTimeScheduler } from 'rxjs';
import type { ObservableInput } from 'rxjs';
import { serve } from '../../operators';
import { booksOf } from '../support/books';
import { marbles } from '../support/marbles';

const upper = (item: string): string[] => [item.toUpperCase()];

describe('serve: what it tells', () => {
  it('the meter: when service began, when it was over, how long it took', () => {
    marbles(({ hot, scheduler, flush }) => {
      const log: unknown[] = [];
      const meter = {
        onStart: (item: string, at: number) => log.push(['started', item, at]),
        onServed: (item: string, start: number, took: number) =>
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

  it.each<[string, (item: string) => ObservableInput<string>]>([
    ['an array', upper],
    ['an Observable that completes at once', (item) => of(...upper(item))],
  ])(
    'of %s: stamp hears of each output and of the end of its service, before it leaves',
    (...all) => {
      const [, process] = all;
      const log: unknown[] = [];
      const stamp = (output: string, finish: number): unknown => log.push([output, finish]);
      of('a')
        .pipe(serve(process, { onOutput: stamp, offeredAt: () => 7, serviceTime: () => 0 }))
        .subscribe((output) => log.push(output));
      expect(log).toEqual([['A', 7], 'A']);
    },
  );

  it('an output that does not pass ends there, after it was stamped', () => {
    const log: unknown[] = [];
    const stamp = (output: string): unknown => log.push(`stamp ${output}`);
    const passes = (output: string): boolean => output !== 'B';
    of('a', 'b', 'c')
      .pipe(serve(upper, { onOutput: stamp, filter: passes, serviceTime: 0 }))
      .subscribe({ next: (output) => log.push(output), complete: () => log.push('|') });
    expect(log).toEqual(['stamp A', 'A', 'stamp B', 'stamp C', 'C', '|']);
  });

  it('the meter what the work took by performance.now, unless another stopwatch is given', () => {
    let time = 1_000;
    const now = jest.spyOn(performance, 'now').mockImplementation(() => time);
    const took: number[] = [];
    const meter = { onServed: (_item: number, _start: number, time: number) => took.push(time) };
    const work = (n: number): undefined => {
      time += n;
    };
    of(5, 2).pipe(serve(work, { meter })).subscribe();
    now.mockRestore();
    expect(took).toEqual([5, 2]);
  });

  it('no stopwatch is asked where the time is stated', () => {
    const stopwatch = jest.fn(() => 0);
    of('a')
      .pipe(serve(upper, { serviceTime: 0, stopwatch }))
      .subscribe();
    expect(stopwatch).not.toHaveBeenCalled();
  });

  it('nobody of the end of an item that is none to count', () => {
    const books = booksOf();
    const counts = (item: string): boolean => item !== 'watermark';
    of('watermark', 'a', 'watermark')
      .pipe(serve(() => NEVER, { events: books, isCounted: counts }))
      .subscribe()
      .unsubscribe();
    expect(books.counts.discarded).toBe(1);
  });

  it('the meter, once, of a process that completes at once', () => {
    const served: string[] = [];
    const meter = { onServed: (item: string) => served.push(item) };
    of('a', 'b')
      .pipe(serve((item) => of(item), { meter, serviceTime: 0 }))
      .subscribe();
    expect(served).toEqual(['a', 'b']);
  });

  it('the meter nothing of an item at which the subscriber left, then or later', () => {
    const served: string[] = [];
    const scheduler = new VirtualTimeScheduler();
    const source = new Subject<string>();
    const subscription = source
      .pipe(
        serve(
          (item) => {
            subscription.unsubscribe();
            return upper(item);
          },
          { scheduler, serviceTime: 5, meter: { onServed: (item) => served.push(item) } },
        ),
      )
      .subscribe();
    source.next('a');
    scheduler.flush();
    expect([served, scheduler.frame]).toEqual([[], 0]);
  });

  it('events name the edge, which is called server where it has no name', () => {
    const books = booksOf();
    of('a', 'b')
      .pipe(serve(() => NEVER, { events: books }))
      .subscribe()
      .unsubscribe();
    expect(books.all.map(({ type, edge }) => [type, edge])).toEqual([
      ['discarded', 'server'],
      ['discarded', 'server'],
    ]);
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
    source.pipe(serve(() => NEVER, { events: books, isCounted: counts })).subscribe();
    for (const item of ['a', 'watermark', 'b', 'watermark']) source.next(item);
    expect(books.counts.overrun).toBe(1);
  });
});
