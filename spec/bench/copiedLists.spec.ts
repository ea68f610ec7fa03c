import { MessageChannel } from 'node:worker_threads';
import { CopiedListsReader, CopiedListsWriter } from '../../bench/src/threads/copiedLists';
import { barOf } from './barOf';

describe('lists that are copied with each hand-over', () => {
  const { port1, port2 } = new MessageChannel();
  afterAll(() => {
    port1.close();
  });

  it('have the last bars of the series, each list bars of its own', () => {
    const writer = new CopiedListsWriter(port1, { lists: 2, bars: 3 });
    const reader = new CopiedListsReader(port2);
    for (const start of [1, 2, 3, 4]) writer.write(barOf('A', start));
    writer.write(barOf('B', 9));
    const latest: (readonly (readonly number[])[])[] = [];
    for (let read = 0; read < 6; read += 1) {
      reader.read();
      latest.push(reader.latest.map((list) => list.map(({ start }) => start)));
    }
    const both = (...starts: number[]) => [starts, starts];
    expect(latest).toEqual([
      both(1),
      both(1, 2),
      both(1, 2, 3),
      both(2, 3, 4),
      both(9),
      // Nothing has come since.
      both(9),
    ]);
    const [one, other] = reader.latest;
    expect(one?.[0]).not.toBe(other?.[0]);
  });
});
