import { askHeap, heapCell, liveHeap, tellHeap } from '../../../src/bench/heapCell';

const MB = 2 ** 20;

/** The live heap when what earlier specs left behind is gone, which takes more than one collection. */
async function settledHeap(): Promise<number> {
  let last = Infinity;
  let now = liveHeap();
  while (last - now > MB / 10) {
    await new Promise(setImmediate);
    last = now;
    now = liveHeap();
  }
  return now;
}

describe('the live heap', () => {
  it('has what is still held, and not what is garbage', async () => {
    const before = await settledHeap();
    let held: number[][] | undefined = Array.from({ length: 100 }, () =>
      new Array<number>(20_000).fill(0.5),
    );
    const kept = liveHeap() - before;
    expect(held).toHaveLength(100);
    held = undefined;
    const after = liveHeap() - before;
    // 2,000,000 numbers.
    expect([kept > 7 * MB, after < 3 * MB]).toEqual([true, true]);
  });
});

describe('a thread that tells another one how much of its heap is live', () => {
  it('says nothing before it is asked', () => {
    const memory = heapCell();
    tellHeap(memory)();
    expect(askHeap(memory)).toBeNaN();
  });

  it('answers, when it has come to its next item', () => {
    const memory = heapCell();
    const item = tellHeap(memory);
    const asked = askHeap(memory);
    item();
    expect([asked, askHeap(memory) > MB]).toEqual([NaN, true]);
  });

  it('answers once for each time it is asked', () => {
    const memory = heapCell();
    const item = tellHeap(memory);
    askHeap(memory);
    item();
    const [, bytes] = new Float64Array(memory);
    const held = new Array<number>(100_000).fill(0.5);
    item();
    expect([new Float64Array(memory)[1], held.length]).toEqual([bytes, 100_000]);
  });
});
