import { Readable, Transform, Writable } from 'node:stream';
import type { TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Row } from '../frame/table';
import { BarBuilder } from '../work/barBuilder';
import type { TickLike } from '../work/barBuilder';
import type { BarLike } from '../work/crossings';
import type { Crossings } from '../work/crossings';
import { each, tickAt, tickBarAt } from './input';
import { onEightSymbols } from './onEightSymbols';
import { analysing, deriving } from './stages';

export function transform<I>(process: (item: I, stage: Transform) => void): Transform {
  return new Transform({
    objectMode: true,
    transform(item: I, _encoding: BufferEncoding, done: TransformCallback) {
      process(item, this);
      done();
    },
  });
}

const processor = (): Transform => {
  const derive = deriving();
  return transform<BarLike>((bar, stage) => {
    for (const one of derive(bar)) stage.push(one);
  });
};

const analysis = (crossings: Crossings): Transform => {
  const analyse = analysing(crossings);
  return transform<BarLike>((bar, stage) => {
    const signal = analyse(bar);
    if (signal !== undefined) stage.push(signal);
  });
};

export const discard = (): Writable =>
  new Writable({
    objectMode: true,
    write(_signal, _encoding, done) {
      done();
    },
  });

/** Three stages as streams in object mode: their backpressure is Node's own. */
export const nodeStreams: Row = {
  name: 'node-streams',
  title: 'Node streams, object mode',
  prepare: onEightSymbols(async (ticks, crossings) => {
    const minutes = new BarBuilder('1m');
    await pipeline(
      Readable.from(each(ticks, tickAt)),
      transform<TickLike>((tick, stage) => {
        const bar = minutes.addTick(tick);
        if (bar !== undefined) stage.push(bar);
      }),
      processor(),
      analysis(crossings),
      discard(),
    );
  }),
};

export const nodeStreamsPerTick: Row = {
  ...nodeStreams,
  prepare: onEightSymbols(async (ticks, crossings) => {
    await pipeline(
      Readable.from(each(ticks, tickBarAt)),
      processor(),
      analysis(crossings),
      discard(),
    );
  }),
};
