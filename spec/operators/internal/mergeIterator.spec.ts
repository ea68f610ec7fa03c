import { MergeIterator } from '../../../operators/internal/mergeIterator';
import { iteratorOf } from '../../../operators/kernel/iteratorOf';

describe('Merge', () => {
  it('says that it is over as often as it is asked', () => {
    const merge = new MergeIterator([() => iteratorOf([1])], (n) => n);
    const results = [merge.next(), merge.next(), merge.next()];
    const over = { done: true, value: undefined };
    expect(results).toEqual([{ done: false, value: [1] }, over, over]);
  });

  it('given back when one has ended, it gives the others back, and throws nothing', () => {
    const returned: string[] = [];
    const endless = {
      next: () => ({ done: false as const, value: 1 }),
      return: () => returned.push('endless'),
    };
    const merge = new MergeIterator([() => iteratorOf<number>([]), () => endless], (n) => n);
    merge.next();
    merge.return();
    expect(returned).toEqual(['endless']);
  });
});
