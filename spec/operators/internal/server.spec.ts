import { of, Subject, Subscriber } from 'rxjs';
import type { Observable } from 'rxjs';
import { DeadlockError, Holding, Readiness, VirtualClock } from '../../../operators';
import { Server } from '../../../operators/internal/server';
import type { Process, ServeOptions } from '../../../operators/internal/serveOptions';

/** A server, as `serve` makes it for a subscriber, and what happens in it, with its time. */
function served(
  source: Observable<string>,
  options: Partial<ServeOptions<string, string>>,
  process: Process<string, string> = (item) => [item.toUpperCase()],
) {
  const { scheduler = new VirtualClock() } = options;
  const log: string[] = [];
  const note = (text: string, at = scheduler.now()): void => {
    log.push(`${at} ${text}`);
  };
  const subscriber = new Subscriber<string>({
    next: (output: string) => {
      note(output);
    },
    error: (error: unknown) => {
      note(String(error));
    },
    complete: () => {
      note('complete');
    },
  });
  const meter = {
    onStart: (item: string, at: number) => {
      note(`start ${item}`, at);
    },
    onServed: (item: string, start: number, took: number) => {
      note(`served ${item} in ${took}`, start + took);
    },
    onBlocked: (at: number) => {
      note('blocked', at);
    },
    onUnblocked: (at: number) => {
      note('unblocked', at);
    },
  };
  const server = new Server(process, { ...options, scheduler, meter }, subscriber);
  server.connect(source);
  return { server, scheduler, subscriber, log };
}

/** A virtual clock goes as far as it can when the event loop has its turns. */
const passed = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
};

describe('one subscription of serve', () => {
  it('begins, ends, lets outputs leave, and takes the next item', async () => {
    const { log } = served(of('a', 'b'), { serviceTime: 3 });
    await passed();
    expect(log).toEqual([
      '0 start a',
      '3 served a in 3',
      '3 A',
      '3 start b',
      '6 served b in 3',
      '6 B',
      '6 complete',
    ]);
  });

  it('is blocked while the next gate holds its outputs, which is no service time', async () => {
    const downstream = new Holding(true);
    const { scheduler, log } = served(of('a', 'b'), { serviceTime: 3, downstream });
    scheduler.schedule(() => {
      downstream.next(false);
    }, 10);
    await passed();
    expect(log.slice(0, 6)).toEqual([
      '0 start a',
      '3 served a in 3',
      '3 A',
      '3 blocked',
      '10 unblocked',
      '10 start b',
    ]);
  });

  it('has ended the service that ends at the instant of an arrival', async () => {
    const source = new Subject<string>();
    const readiness = new Readiness();
    const { scheduler, log } = served(source, { serviceTime: 3, readiness });
    // Scheduled first, so it runs first: the end of the service is brought forward.
    scheduler.schedule(() => {
      expect(readiness.isReadyAt(3)).toBe(true);
      source.next('b');
    }, 3);
    source.next('a');
    await passed();
    expect(log).toEqual([
      '0 start a',
      '3 served a in 3',
      '3 A',
      '3 start b',
      '6 served b in 3',
      '6 B',
    ]);
  });

  it('keeps its readiness until it ends, however it ends', () => {
    const readiness = new Readiness();
    const { subscriber } = served(new Subject(), { readiness, edge: 'a-b' });
    expect(() => {
      readiness.next(true);
    }).toThrow(/kept by serve "a-b"/);
    subscriber.unsubscribe();
    expect(readiness.value).toBe(true);
    readiness.next(false);
    expect(readiness.value).toBe(false);
  });

  it('discards and counts what is in service and in the inbox when it is left', () => {
    const counted: string[] = [];
    const events = {
      next: ({ type, count }: { readonly type: string; readonly count: number }) => {
        counted.push(`${count} ${type}`);
      },
    };
    const { subscriber } = served(of('a', 'b', 'c'), { serviceTime: 3, events });
    subscriber.unsubscribe();
    expect(counted).toEqual(['1 overrun', '1 discarded', '1 discarded', '1 discarded']);
  });

  it('does not wait on a virtual clock for what happens by that clock', async () => {
    const scheduler = new VirtualClock();
    const { log } = served(of('a'), { scheduler }, () => {
      const later = new Subject<string>();
      scheduler.schedule(() => {
        later.next('A');
        later.complete();
      }, 5);
      return later;
    });
    await passed();
    expect(log.at(-1)).toContain(new DeadlockError('serve').message);
  });
});
