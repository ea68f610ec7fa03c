import { map, Subject } from 'rxjs';
import { serve } from '../../../operators';
import { marbles } from '../../../src/testing';
import { failing } from './failing';

describe('expectObservable: toEqual another Observable', () => {
  it('does the same in the same frames', () => {
    marbles(({ hot, cold, expectObservable }) => {
      const source = hot('-a-b-#', { a: { n: 1 }, b: { n: 2 } });
      expectObservable(source.pipe(map(({ n }) => ({ n })))).toEqual(source);
      expectObservable(cold('--(ab|)')).toEqual(cold('--(ab|)'));
    });
  });

  it('shows both where they differ', () => {
    const { message } = failing(({ cold, expectObservable }) => {
      expectObservable(cold('-a-b|', { a: 1, b: 3 })).toEqual(cold('-a-b|', { a: 1, b: 2 }));
    });
    expect(message).toBe(`1 of 1 expectations do not hold:

expectObservable
  expected  -a-b|
  actual    -a-?|
               ^ frame 3: b expected, ? came
    ? at frame 3 = 3
    b = 2`);
  });
});

describe('expectSubscriptions says where the first difference is', () => {
  it.each([
    ['-^--!', '-^---!', 'subscription 1: expected to end at frame 5, and did at frame 4'],
    ['-^--!', '^---!', 'subscription 1: expected to begin at frame 0, and did at frame 1'],
    ['-^---', '-^---!', 'subscription 1: expected to end at frame 5, and did never'],
    ['-^--!', '', 'subscription 1: none expected, one at frame 1'],
  ])('%s for %s', (actual, expected, remark) => {
    const { message } = failing(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('---------');
      expectObservable(source, actual).toBe('---------');
      expectSubscriptions(source.subscriptions).toBe(expected === '' ? [] : expected);
    });
    expect(message).toContain(remark);
  });
});

it('where nothing came, it says that promises do not arrive', () => {
  const { message } = failing(({ hot, expectObservable }) => {
    expectObservable(hot('-a').pipe(serve(() => Promise.resolve(1)))).toBe('-x', { x: 1 });
  });
  expect(message).toContain('If a promise was to arrive: none does in marble time');
});

it('the hint is for nothing alone', () => {
  const { message } = failing(({ expectObservable, at }) => {
    const subject = new Subject<string>();
    at(1, () => {
      subject.next('a');
    });
    expectObservable(subject).toBe('-b');
  });
  expect(message).not.toContain('promise');
});
