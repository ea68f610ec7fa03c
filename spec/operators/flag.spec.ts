import { BehaviorSubject } from 'rxjs';
import { Flag, Readiness } from '../../operators';
import { listen } from '../../operators/flag';
import { failure } from '../support/collect';

describe.each([
  ['Flag', (value: boolean) => new Flag(value)],
  ['Readiness', (value: boolean) => new Readiness(value)],
])('%s: an observer that comes from within a listener', (_name, make) => {
  const joined = (after: (flag: Flag) => void): boolean[] => {
    const flag = make(false);
    const seen: boolean[] = [];
    let joins = true;
    flag.listen(
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
  ['Flag', (value: boolean) => new Flag(value)],
  ['Readiness', (value: boolean) => new Readiness(value)],
])('%s: listeners', (_name, make) => {
  it('one that leaves leaves the others', () => {
    const flag = make(true);
    const told: string[] = [];
    const listenAs = (name: string) =>
      flag.listen(
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
    flag.listen(
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
    ['a flag tells changes', new Flag(true), [true]],
    ['any other subject its present value as well', new BehaviorSubject(true), [true, false]],
  ])('%s', (_title, subject, values) => {
    const told: boolean[] = [];
    listen(
      subject,
      () => told.push(subject.value),
      () => undefined,
    );
    subject.next(false);
    subject.next(true);
    expect(told).toEqual([...values.slice(0, -1), false, true]);
  });
});
