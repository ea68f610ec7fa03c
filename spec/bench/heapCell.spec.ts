import { askHeap, heapCell, liveHeap, answerHeap } from '../../bench/src/threads/heapCell';

const MB = 2 ** 20;

describe('the live heap', () => {
  // What earlier specs left behind may go meanwhile: that only adds to the difference.
  it('has what is still held, and not what is garbage', () => {
    const held: number[][] = [];
    // In a function of its own: no register of this one keeps any of it.
    const hold = (): void => {
      for (let i = 0; i < 100; i += 1) held.push(new Array<number>(20_000).fill(0.5));
    };
    hold();
    const before = liveHeap();
    held.length = 0;
    // 2,000,000 numbers.
    expect(before - liveHeap()).toBeGreaterThan(7 * MB);
  });
});

describe('a thread that answers another one how much of its heap is live', () => {
  it('says nothing before it is asked', () => {
    const memory = heapCell();
    answerHeap(memory)();
    expect(askHeap(memory)).toBeNaN();
  });

  it('answers, when it has come to its next item', () => {
    const memory = heapCell();
    const item = answerHeap(memory);
    const asked = askHeap(memory);
    item();
    expect([asked, askHeap(memory) > MB]).toEqual([NaN, true]);
  });

  it('answers once for each time it is asked', () => {
    const memory = heapCell();
    const item = answerHeap(memory);
    askHeap(memory);
    item();
    const [, bytes] = new Float64Array(memory);
    const held = new Array<number>(100_000).fill(0.5);
    item();
    expect([new Float64Array(memory)[1], held.length]).toEqual([bytes, 100_000]);
  });
});
