import fs from 'node:fs';
import { waitCell, waitedMs, watchRunQueue } from '../../bench/src/threads/runQueue';

afterEach(() => {
  jest.restoreAllMocks();
});

/** As the system tells it: on a processor, waiting for one, turns. */
const waited = (ms: number): void => {
  jest.spyOn(fs, 'readFileSync').mockReturnValue(`123456789 ${ms * 1e6} 42\n`);
};
const times = (count: number, item: () => void): void => {
  for (let n = 0; n < count; n += 1) item();
};

describe('how long a thread waited for a processor', () => {
  it('is nothing before the first item, and nothing of what was waited before it', () => {
    waited(70);
    const cell = waitCell();
    const item = watchRunQueue(cell);
    const before = waitedMs(cell);
    item();
    expect([before, waitedMs(cell)]).toEqual([0, 0]);
  });

  it('is looked up again at every 32nd item', () => {
    waited(70);
    const cell = waitCell();
    const item = watchRunQueue(cell);
    item();
    waited(75.5);
    times(31, item);
    const before = waitedMs(cell);
    item();
    expect([before, waitedMs(cell)]).toEqual([0, 5.5]);
    waited(80);
    times(32, item);
    expect(waitedMs(cell)).toBe(10);
  });

  it('is not known where the system does not tell', () => {
    jest.spyOn(fs, 'readFileSync').mockImplementation(() => {
      throw new Error('ENOENT');
    });
    const cell = waitCell();
    watchRunQueue(cell)();
    expect(waitedMs(cell)).toBeNaN();
  });
});
