import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { instrument } from '../../bench/src/threads/instrument';
import { countCell, countIn, listCell, listIn } from '../../bench/src/threads/sharedCells';
import { barOf } from './barOf';

describe('the instrument of the benches', () => {
  const first = new MessageChannel();
  const second = new MessageChannel();
  const ports = {
    coordinator: [first.port1],
    processor: [first.port2, second.port1],
    analysis: [second.port2],
  };
  const made = (work: Parameters<typeof instrument>[0]) =>
    (['coordinator', 'processor', 'analysis'] as const).map((stage) =>
      instrument(work, stage, ports[stage]),
    );

  afterAll(() => {
    first.port1.close();
    second.port1.close();
  });

  it('sends lists with each output, which the next stage takes with its next item', () => {
    const [coordinator, processor, analysis] = made({ lists: { lists: 2, bars: 10 } });
    const bar = barOf('A', 1);
    coordinator?.onOutput?.(bar);
    processor?.onItem?.();
    expect(receiveMessageOnPort(first.port2)).toBeUndefined();
    processor?.onOutput?.(bar);
    expect(receiveMessageOnPort(second.port2)).toEqual({ message: [[bar], [bar]] });
    analysis?.onItem?.();
    expect(analysis?.onOutput).toBeUndefined();
  });

  it('sends nothing where there are no lists', () => {
    expect(made({}).map(({ onOutput }) => onOutput)).toEqual([undefined, undefined, undefined]);
  });

  it('counts and records only for the stages that have a cell', () => {
    const notReady = { processor: countCell() };
    const times = { analysis: listCell(2) };
    for (const { onHandOver, onServed } of made({ notReady, times })) {
      for (const isReady of [true, false]) onHandOver?.(isReady);
      for (const time of [1.5, 2.5]) onServed?.(time);
    }
    expect([countIn(notReady.processor), listIn(times.analysis)]).toEqual([1, [1.5, 2.5]]);
  });
});
