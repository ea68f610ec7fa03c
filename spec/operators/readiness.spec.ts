import { BooleanSubject } from '../../operators/internal/booleanSubject';
import { BehaviorSubject } from 'rxjs';
import { Readiness } from '../../operators';
import { isReadyAt } from '../../operators/readiness';
import { failure } from '../support/collect';

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
    readiness.occupy(1, true);
    readiness.free(1);
    expect([seen, readiness.value]).toEqual([[true], true]);
  });

  it('quietly: who has seen it nevertheless is told of its end', () => {
    const readiness = new Readiness();
    const seen = record(readiness);
    readiness.occupy(1, true);
    expect(readiness.value).toBe(false);
    readiness.free(1);
    expect(seen).toEqual([true, true]);
  });

  it('quietly, and then aloud: observers are told', () => {
    const readiness = new Readiness();
    const seen = record(readiness);
    readiness.occupy(1, true);
    readiness.occupy(2);
    readiness.free(2);
    expect(seen).toEqual([true, false, true]);
  });

  it('asks its consumer to finish what is finished by then, before it answers', () => {
    const readiness = new Readiness();
    readiness.occupy();
    const detach = readiness.attach((at) => {
      readiness.free(at - 1);
    });
    const answer = readiness.isReadyAt(5);
    detach();
    readiness.occupy();
    expect([answer, readiness.isReadyAt(9)]).toEqual([true, false]);
  });

  it('a consumer that leaves does not detach the one that came after it', () => {
    const readiness = new Readiness();
    const detachFirst = readiness.attach(() => undefined);
    const asked: number[] = [];
    readiness.attach((at) => asked.push(at));
    detachFirst();
    readiness.isReadyAt(1);
    expect(asked).toEqual([1]);
  });

  it('that has failed throws what it failed with', () => {
    const readiness = new Readiness();
    readiness.error(new Error('broken'));
    expect(() => readiness.value).toThrow('broken');
    expect(() => readiness.getValue()).toThrow('broken');
  });

  it('isReadyAt asks anything else live', () => {
    expect([isReadyAt({ value: false }, 1e9), isReadyAt(new BehaviorSubject(true), 0)]).toEqual([
      false,
      true,
    ]);
  });
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
