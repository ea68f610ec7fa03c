import { receiveMessageOnPort } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { Bar } from '../bars/bar';
import { RETENTION } from '../bars/history';
import type { Pin } from '../bars/history';
import type { Interval } from '../bars/interval';
import { AnnouncementCount } from './sharedControl';
import type { Rows } from './itemColumns';
import type { Announced, AnnouncementSource } from './messages';
import { SharedReader } from './sharedReader';

/** Announces to several readers. What is announced is counted after it was sent, and before it is heard of. */
export class SegmentPublisher {
  readonly #ports: readonly MessagePort[];
  readonly #count: AnnouncementCount;

  constructor(ports: readonly MessagePort[], count: SharedArrayBuffer) {
    this.#ports = ports;
    this.#count = new AnnouncementCount(count);
  }

  announce(announced: Announced): void {
    for (const port of this.#ports) port.postMessage(announced);
    this.#count.increment();
  }
}

/** The rows of other threads' series, as far as they were announced. */
export class SegmentRegistry implements Rows {
  readonly reader: SharedReader;
  readonly #sources: readonly { port: MessagePort; count: AnnouncementCount; seen: number }[];
  readonly #unfinished: Bar[] = [];

  constructor(
    intervals: readonly Interval[],
    sources: readonly AnnouncementSource[],
    retention = RETENTION,
  ) {
    this.#sources = sources.map(({ port, count }) => ({
      port,
      count: new AnnouncementCount(count),
      seen: 0,
    }));
    this.reader = new SharedReader(intervals, this.#catchUp, retention);
  }

  bar(interval: number, symbol: number, pin: Pin): Bar {
    return this.reader.bar(interval, symbol, pin);
  }

  unfinished(): Bar {
    this.#catchUp();
    const bar = this.#unfinished.shift();
    if (bar === undefined) throw new RangeError('an unfinished bar was never announced');
    return bar;
  }

  readonly #catchUp = (): void => {
    for (const source of this.#sources) {
      while (source.seen !== source.count.value) {
        const received = receiveMessageOnPort(source.port) as { message: Announced } | undefined;
        if (received === undefined) return;
        source.seen += 1;
        if ('segment' in received.message) this.reader.add(received.message.segment);
        else this.#unfinished.push(received.message.bar);
      }
    }
  };
}
