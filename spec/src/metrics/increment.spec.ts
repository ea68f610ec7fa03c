import { initialState, MAX_COUNT } from '../../../src/metrics';
import { increment } from '../../../src/metrics/increment';
import { StateDraft } from '../../../src/metrics/stateDraft';

/** Adds to a total, and says what it is then and what was noted. */
function counted(before: bigint, by: number, of?: string) {
  const draft = new StateDraft(initialState);
  const after = increment(draft, 'edge.delivered', before, by, of);
  const { saturated } = draft.finish();
  return { after, saturated };
}

describe('a total', () => {
  it.each([
    ['far from its largest value', 5n, 2, 7n, 0],
    ['just below it', MAX_COUNT - 2n, 1, MAX_COUNT - 1n, 0],
    ['reaching it', MAX_COUNT - 2n, 2, MAX_COUNT, 1],
    ['going beyond it', MAX_COUNT - 2n, 3, MAX_COUNT, 1],
    ['at it already', MAX_COUNT, 1, MAX_COUNT, 0],
  ])('%s', (_title, before, by, after, noted) => {
    const found = counted(before, by);
    expect([found.after, found.saturated.length]).toEqual([after, noted]);
  });

  it('is noted by its name, and by what it is of', () => {
    expect(counted(MAX_COUNT - 1n, 1).saturated).toEqual([{ counter: 'edge.delivered' }]);
    expect(counted(MAX_COUNT - 1n, 1, 'SPY').saturated).toEqual([
      { counter: 'edge.delivered', of: 'SPY' },
    ]);
  });
});
