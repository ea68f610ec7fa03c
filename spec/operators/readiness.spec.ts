import { BooleanSubject } from '../../operators/internal/booleanSubject';
import { BehaviorSubject, VirtualTimeScheduler } from 'rxjs';
import { OptionError, Readiness, ReadinessError } from '../../operators';
import { checkReadiness } from '../../operators/readiness';
import type { ReadinessConsumer } from '../../operators/readiness';
import { failure } from '../support/collect';

const scheduler = new VirtualTimeScheduler();

/** A consumer that does nothing, unless more is said of it. */
const consumer = (more: Partial<ReadinessConsumer> = {}): ReadinessConsumer => ({
  name: 'serve "a"',
  scheduler,
  fail: () => undefined,
  ...more,
});

const record = (subject: BooleanSubject): boolean[] => {
  const seen: boolean[] = [];
  subject.subscribe((value) => seen.push(value));
  return seen;
};

describe('Readiness', () => {
  it('is a BehaviorSubject, true at first, and free for ever', () => {
    const readiness = new Readiness();
    expect(readiness).toBeInstanceOf(BehaviorSubject);
    expect([readiness.value, readiness.getValue(), readiness.freeAt]).toEqual([
      true,
      true,
      -Infinity,
    ]);
  });

  it.each([
    [true, -Infinity],
    [false, Infinity],
  ])('switched by hand to %p: nobody knows since when, free at %p', (ready, freeAt) => {
    const readiness = new Readiness(!ready);
    readiness.next(ready);
    expect([readiness.value, readiness.freeAt, new Readiness(ready).freeAt]).toEqual([
      ready,
      freeAt,
      freeAt,
    ]);
  });

  it('occupied until 20 it is not ready, and free at 20, the very instant included', () => {
    const readiness = new Readiness();
    readiness.occupy(20);
    expect([readiness.value, readiness.freeAt]).toEqual([false, 20]);
    expect([19.99, 20, 21].map((at) => readiness.isReadyAt(at))).toEqual([false, true, true]);
  });

  it('a millionth of a millisecond apart is one instant, and no more than that', () => {
    const readiness = new Readiness();
    const answers = [1e-6, 1.1e-6].map((until) => {
      readiness.occupy(until);
      return readiness.isReadyAt(0);
    });
    expect(answers).toEqual([true, false]);
  });

  it('free since 20 it is ready, and was not before', () => {
    const readiness = new Readiness(false);
    readiness.free(20);
    expect([readiness.value, readiness.isReadyAt(19), readiness.isReadyAt(20)]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('occupied for nobody knows how long it is ready at no time', () => {
    const readiness = new Readiness();
    readiness.occupy();
    expect(readiness.isReadyAt(Number.MAX_VALUE)).toBe(false);
  });

  it('tells changes, and nothing twice', () => {
    const readiness = new Readiness();
    const seen = record(readiness);
    readiness.occupy(1);
    readiness.occupy(2);
    readiness.free(2);
    readiness.free(3);
    expect(seen).toEqual([true, false, true]);
  });

  it('quietly: nobody is told of work that is over at once', () => {
    const readiness = new Readiness();
    const seen = record(readiness);
    readiness.occupyQuietly(1);
    readiness.free(1);
    expect([seen, readiness.value]).toEqual([[true], true]);
  });

  it('quietly: who has seen it nevertheless is told of its end', () => {
    const readiness = new Readiness();
    const seen = record(readiness);
    readiness.occupyQuietly(1);
    expect(readiness.value).toBe(false);
    readiness.free(1);
    expect(seen).toEqual([true, true]);
  });

  it('quietly, and then aloud: observers are told', () => {
    const readiness = new Readiness();
    const seen = record(readiness);
    readiness.occupyQuietly(1);
    readiness.occupy(2);
    readiness.free(2);
    expect(seen).toEqual([true, false, true]);
  });

  it('asks its consumer to finish what is finished by then, before it answers', () => {
    const readiness = new Readiness();
    const detach = readiness.attach(
      consumer({
        catchUp: (at) => {
          readiness.free(at - 1);
        },
      }),
    );
    readiness.occupy();
    const answer = readiness.isReadyAt(5);
    detach();
    readiness.occupy();
    expect([answer, readiness.isReadyAt(9)]).toEqual([true, false]);
  });

  it('is freed by a consumer that attaches, and by one that detaches', () => {
    const readiness = new Readiness(false);
    const seen = record(readiness);
    const detach = readiness.attach(consumer());
    readiness.occupy();
    detach();
    expect(seen).toEqual([false, true, false, true]);
  });

  it('keeps its freeAt when the consumer detaches with nothing left to do', () => {
    const readiness = new Readiness();
    const detach = readiness.attach(consumer());
    readiness.occupy(7);
    readiness.free(7);
    detach();
    expect(readiness.freeAt).toBe(7);
  });

  it('a consumer that has detached does not detach the one that came after it', () => {
    const readiness = new Readiness();
    const detachFirst = readiness.attach(consumer());
    detachFirst();
    const asked: number[] = [];
    readiness.attach(consumer({ catchUp: (at) => asked.push(at) }));
    detachFirst();
    readiness.isReadyAt(1);
    expect(asked).toEqual([1]);
  });

  it('has one consumer: a second one is an error that names both', () => {
    const readiness = new Readiness();
    readiness.attach(consumer());
    expect(() => readiness.attach(consumer({ name: 'serve "b"' }))).toThrow(
      new ReadinessError(
        'serve "b" and serve "a" share one readiness. ' +
          'Give each its own, and combine them with allReady.',
      ),
    );
  });

  it.each<[string, (readiness: Readiness) => void]>([
    [
      'the tracker comes first',
      (readiness) => {
        readiness.watch({ name: 'trackBackpressure "e"', scheduler: new VirtualTimeScheduler() });
        readiness.attach(consumer());
      },
    ],
    [
      'the consumer comes first',
      (readiness) => {
        readiness.attach(consumer());
        readiness.watch({ name: 'trackBackpressure "e"', scheduler: new VirtualTimeScheduler() });
      },
    ],
  ])('two clocks are an error that names both: %s', (_title, use) => {
    expect(() => {
      use(new Readiness());
    }).toThrow(
      new ReadinessError(
        'trackBackpressure "e" goes by one clock (VirtualTimeScheduler), and serve "a", its consumer, ' +
          'by another (another VirtualTimeScheduler). Give both the same scheduler, or the tracker none.',
      ),
    );
  });

  it('a tracker that has left is asked no more which clock it went by', () => {
    const readiness = new Readiness();
    readiness.watch({ name: 'tracker', scheduler: new VirtualTimeScheduler() })();
    expect(() => readiness.attach(consumer())).not.toThrow();
  });

  it('is not switched by hand while a consumer keeps it', () => {
    const readiness = new Readiness();
    const detach = readiness.attach(consumer());
    expect(() => {
      readiness.next(false);
    }).toThrow(ReadinessError);
    detach();
    readiness.next(false);
    expect(readiness.value).toBe(false);
  });

  it('that fails, fails its consumer', () => {
    const readiness = new Readiness();
    const failed: unknown[] = [];
    readiness.attach(consumer({ fail: (error) => failed.push(error) }));
    readiness.error(failure);
    expect(failed).toEqual([failure]);
  });

  it('that has failed throws what it failed with', () => {
    const readiness = new Readiness();
    readiness.error(new Error('broken'));
    expect(() => readiness.value).toThrow('broken');
    expect(() => readiness.getValue()).toThrow('broken');
  });

  it.each([undefined, null, true, new BehaviorSubject(true).asObservable()])(
    'is not to be had from %p',
    (value) => {
      expect(() => {
        checkReadiness(value);
      }).toThrow(OptionError);
    },
  );
});

describe.each([
  ['BooleanSubject', (value: boolean) => new BooleanSubject(value)],
  ['Readiness', (value: boolean) => new Readiness(value)],
])('%s: what a BehaviorSubject does, and a next from within', (_name, make) => {
  it('a next from within an observer reaches every observer in the same order', () => {
    const flag = make(true);
    flag.subscribe((value) => {
      if (!value) flag.next(true);
    });
    const second = record(flag);
    flag.next(false);
    expect([second, flag.value]).toEqual([[true, false, true], true]);
  });

  it('the value is the latest, also while the observers are still told of an earlier one', () => {
    const flag = make(true);
    const values: boolean[] = [];
    flag.subscribe((value) => {
      if (!value) flag.next(true);
    });
    flag.subscribe(() => values.push(flag.value));
    flag.next(false);
    expect(values).toEqual([true, true, true]);
  });

  it('a late subscriber gets the latest value, whether or not anybody was there when it came', () => {
    const flag = make(true);
    flag.next(false);
    expect(record(flag)).toEqual([false]);
    flag.next(true);
    expect(record(flag)).toEqual([true]);
  });

  it('completes and fails as any subject does', () => {
    const flag = make(true);
    const log: unknown[] = [];
    flag.subscribe({ complete: () => log.push('|') });
    flag.complete();
    const failed = make(true);
    failed.subscribe({ error: (error: unknown) => log.push(error) });
    failed.error(failure);
    expect(log).toEqual(['|', failure]);
  });

  it('listeners are told of changes, and of a failure, also if it was before them', () => {
    const flag = make(true);
    const log: unknown[] = [];
    const listen = (): void => {
      flag.when(
        false,
        () => log.push(flag.value),
        (error) => log.push(error),
      );
    };
    listen();
    flag.next(false);
    flag.error(failure);
    listen();
    expect(log).toEqual([false, failure, failure]);
  });

  it('a listener that has left is told nothing', () => {
    const flag = make(true);
    let told = 0;
    flag
      .when(
        false,
        () => (told += 1),
        () => undefined,
      )
      .unsubscribe();
    flag.next(false);
    expect(told).toBe(0);
  });
});
