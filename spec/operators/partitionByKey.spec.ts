import fc from 'fast-check';
import { concat, from, map, range, Subject, take, throwError, VirtualTimeScheduler } from 'rxjs';
import { OptionError, partitionByKey, serve } from '../../operators';
import { failure, messageOf } from '../support/collect';
import { marbles } from '../support/marbles';

const keyOf = (item: string): string => item[0] as string;

describe('partitionByKey', () => {
  it('works on keys at once, and on the items of one key in order', () => {
    marbles(({ hot, scheduler, expectObservable }) => {
      const [a, b] = ['a', 'b'];
      const source = hot('-(abc)-', { a: `${a}1`, b: `${b}1`, c: `${a}2` });
      const server = partitionByKey(
        keyOf,
        () => serve((item: string) => [item], { scheduler, serviceTime: 4 }),
        { partitions: 2 },
      );
      expectObservable(source.pipe(server)).toBe('-----(ab)c', { a: 'a1', b: 'b1', c: 'a2' });
    });
  });

  it('whatever the keys, services and partitions: order within a key, and no item lost', () => {
    const items = fc.array(fc.record({ key: fc.string(), service: fc.nat(9) }), { maxLength: 60 });
    fc.assert(
      fc.property(items, fc.integer({ min: 1, max: 5 }), (all, partitions) => {
        const scheduler = new VirtualTimeScheduler();
        const seen: { key: string; n: number }[] = [];
        let atOnce = 0;
        let most = 0;
        from(all.map((item, n) => ({ ...item, n })))
          .pipe(
            partitionByKey(
              ({ key }) => key,
              () =>
                serve((item) => [item], {
                  scheduler,
                  serviceTime: ({ service }) => service,
                  meter: {
                    onStart: () => (most = Math.max(most, (atOnce += 1))),
                    onServed: () => (atOnce -= 1),
                  },
                }),
              { partitions },
            ),
          )
          .subscribe((item) => seen.push(item));
        scheduler.flush();
        expect(seen).toHaveLength(all.length);
        expect(most).toBeLessThanOrEqual(partitions);
        for (const key of new Set(all.map((item) => item.key))) {
          const order = seen.filter((item) => item.key === key).map(({ n }) => n);
          expect(order).toEqual([...order].sort((x, y) => x - y));
        }
      }),
    );
  });

  it('uses every partition', () => {
    const used = new Set<number>();
    range(0, 100)
      .pipe(
        partitionByKey(
          (n: number) => String(n),
          (partition) => map(() => partition),
          { partitions: 8 },
        ),
      )
      .subscribe((partition) => used.add(partition));
    expect([...used].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('a synchronous source stops when the subscriber leaves', () => {
    let produced = 0;
    range(0, 100)
      .pipe(
        map((n) => {
          produced += 1;
          return n;
        }),
        partitionByKey(
          (n: number) => String(n),
          () => map((n: number) => n),
          { partitions: 2 },
        ),
        take(2),
      )
      .subscribe();
    expect(produced).toBe(2);
  });

  it.each([
    [
      'of the source',
      concat(
        from(['a']),
        throwError(() => failure),
      ),
      keyOf,
      (item: string) => item,
      ['a', '#'],
    ],
    [
      'of keyOf',
      from(['a', 'b']),
      (): string => {
        throw failure;
      },
      (item: string) => item,
      ['#'],
    ],
    [
      'of a partition',
      from(['a', 'b', 'c']),
      keyOf,
      (item: string) => {
        if (item === 'b') throw failure;
        return item;
      },
      ['a', '#'],
    ],
  ])('passes an error %s, and leaves the source', (_whose, source, key, project, expected) => {
    const log: string[] = [];
    source.pipe(partitionByKey(key, () => map(project), { partitions: 3 })).subscribe({
      next: (item) => log.push(item),
      error: (error: unknown) => log.push(messageOf(error)),
    });
    expect(log).toEqual(expected);
  });

  it('is left with its source when it fails', () => {
    const source = new Subject<string>();
    source
      .pipe(partitionByKey(keyOf, () => () => throwError(() => failure), { partitions: 1 }))
      .subscribe({ error: () => undefined });
    expect(source.observed).toBe(false);
  });

  it.each([0, 1.5, NaN, Infinity])('partitions: %p is refused at once', (partitions) => {
    expect(() =>
      partitionByKey(
        (n: number) => String(n),
        () => map((n: number) => n),
        { partitions },
      ),
    ).toThrow(OptionError);
  });
});
