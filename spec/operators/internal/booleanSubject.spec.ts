import { BooleanSubject } from '../../../operators/internal/booleanSubject';
import { BehaviorSubject } from 'rxjs';
import { Readiness } from '../../../operators';
import { when } from '../../../operators/internal/booleanSubject';
import { failure } from '../../support/collect';

describe.each([
  ['BooleanSubject', (value: boolean) => new BooleanSubject(value)],
  ['Readiness', (value: boolean) => new Readiness(value)],
])('%s: an observer that comes from within a listener', (_name, make) => {
  const joined = (after: (flag: BooleanSubject) => void): boolean[] => {
    const flag = make(false);
    const seen: boolean[] = [];
    let joins = true;
    flag.when(
      true,
      () => {
        if (!joins) return;
        joins = false;
        after(flag);
        flag.subscribe((value) => seen.push(value));
      },
      () => undefined,
    );
    flag.next(true);
    return seen;
  };

  it('begins with the value that the listener was told of', () => {
    expect(joined(() => undefined)).toEqual([true]);
  });

  it('then sees what was switched meanwhile, in order', () => {
    expect(joined((flag) => flag.next(false))).toEqual([true, false]);
  });
});

describe.each([
  ['BooleanSubject', (value: boolean) => new BooleanSubject(value)],
  ['Readiness', (value: boolean) => new Readiness(value)],
])('%s: listeners', (_name, make) => {
  it('one that leaves leaves the others', () => {
    const flag = make(true);
    const told: string[] = [];
    const listenAs = (name: string) =>
      flag.when(
        false,
        () => told.push(name),
        () => undefined,
      );
    const [, second] = [listenAs('first'), listenAs('second'), listenAs('third')];
    second.unsubscribe();
    flag.next(false);
    expect(told).toEqual(['first', 'third']);
  });

  it('are told nothing more when it has failed, and its value is the error', () => {
    const flag = make(true);
    const told: unknown[] = [];
    flag.when(
      false,
      () => told.push('changed'),
      (error) => told.push(error),
    );
    flag.error(failure);
    [false].forEach((value) => {
      flag.next(value);
    });
    expect(told).toEqual([failure]);
    expect(() => flag.value).toThrow(failure);
  });
});

describe('listen', () => {
  it.each([
    ['a flag tells when it becomes what is awaited', new BooleanSubject(true), [true]],
    [
      'any other subject tells all its values, the present one too',
      new BehaviorSubject(true),
      [true, false, true],
    ],
  ])('%s', (_title, subject, expected) => {
    const told: boolean[] = [];
    when(
      subject,
      true,
      () => told.push(subject.value),
      () => undefined,
    );
    subject.next(false);
    subject.next(true);
    expect(told).toEqual(expected);
  });

  it.each([true, false])('a flag tells nothing of the other value: %p', (awaited) => {
    const flag = new BooleanSubject(false);
    let told = 0;
    when(
      flag,
      awaited,
      () => (told += 1),
      () => undefined,
    );
    [!awaited, !awaited].forEach((value) => {
      flag.next(value);
    });
    expect(told).toBe(0);
    flag.next(awaited);
    expect(told).toBe(1);
  });
});
