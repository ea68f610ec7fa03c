import type { ObservableInput, SchedulerLike } from 'rxjs';
import { DeadlockError, OverflowError, ServiceTimeoutError } from '../errors';
import { DEFAULT_CAPACITY } from '../kernel/boundedBuffer';
import { PendingService } from '../kernel/pendingService';
import type { Process, ServeOptions } from './serveOptions';
import type { Service } from './service';
import type { ServiceClock } from './serviceClock';
import type { ServiceFailures } from './serviceFailures';
import type { ServiceOutputs } from './serviceOutputs';
import { scheduleTimeout } from './serviceTimeout';

/** The server whose services are awaited. */
export interface AwaitingServer<T, R> {
  /** Names it in errors. */
  readonly name: string;
  readonly edge: string;
  readonly scheduler: SchedulerLike;
  readonly clock: ServiceClock<T>;
  readonly outputs: ServiceOutputs<T, R>;
  readonly failures: ServiceFailures<T, R>;
  readonly isClosed: () => boolean;
  /** What is thrown in it becomes an error of the stream. */
  readonly attempt: (work: () => void) => void;
  /** The service goes on while the code that began it returns. */
  readonly onLater: () => void;
  readonly finish: (service: Service<T, R>, outputs: readonly R[]) => void;
}

/** Services whose outputs come one by one, and perhaps later: those of promises and Observables. */
export class AwaitedServices<T, R> {
  /** Outputs leave as they come. */
  private readonly handsOn: boolean;
  private readonly capacity: number;
  private readonly timeout: number | undefined;
  /** The work that returned last has scheduled something on the clock that stands still for it. */
  private hasScheduled = false;

  constructor(
    private readonly server: AwaitingServer<T, R>,
    { outputs, capacity = DEFAULT_CAPACITY, timeout }: ServeOptions<T, R>,
  ) {
    this.handsOn = outputs !== 'atEnd' && !server.clock.isStated;
    this.capacity = capacity;
    this.timeout = timeout;
  }

  /** Watches what the work schedules on a virtual clock. */
  watching(process: Process<T, R>): Process<T, R> {
    const { virtual } = this.server.clock;
    if (virtual === undefined) return process;
    return (item, context) => {
      const { latest } = virtual;
      const result = process(item, context);
      this.hasScheduled = virtual.hasScheduledSince(latest);
      return result;
    };
  }

  /** Awaits what the work returned. Throws a `DeadlockError` where it waits for the clock that stands still for it. */
  await(service: Service<T, R>, result: ObservableInput<R>): void {
    const { server } = this;
    const { clock, failures } = server;
    const { hasScheduled } = this;
    const latest = clock.virtual?.latest;
    const finishNow = (): void => {
      service.stopWaiting();
      clock.endNow(service);
      server.finish(service, pending.outputs);
    };
    const pending = new PendingService<R>(
      () => {
        server.attempt(finishNow);
      },
      (error) => {
        server.attempt(() => {
          failures.onError(service, error);
        });
      },
    );
    service.await(pending);
    if (pending.run(result, clock.virtual)) {
      service.stopWaiting();
      clock.end(service);
      server.finish(service, pending.outputs);
      pending.cancel();
      return;
    }
    if (server.isClosed() || service.pending !== pending) return;
    if (hasScheduled || clock.virtual?.hasScheduledSince(latest) === true) {
      throw new DeadlockError(server.name);
    }
    server.onLater();
    this.startTimeout(service);
    pending.handOn((output) => {
      server.attempt(() => {
        this.take(service, pending, output);
      });
    });
  }

  /** An output comes while its service goes on. */
  private take(service: Service<T, R>, pending: PendingService<R>, output: R): void {
    const { outputs, scheduler, edge } = this.server;
    if (this.handsOn) {
      outputs.add(service, output, scheduler.now());
      return;
    }
    pending.outputs.push(output);
    if (pending.outputs.length > this.capacity) {
      throw new OverflowError(`${edge} (outputs of one item)`, this.capacity);
    }
  }

  private startTimeout(service: Service<T, R>): void {
    const { timeout, server } = this;
    if (timeout === undefined) return;
    const expire = (): void => {
      const error = new ServiceTimeoutError(server.edge, timeout);
      service.context.abort(error);
      server.failures.onError(service, error, 'timedOut');
    };
    service.timeout = scheduleTimeout(server.scheduler, timeout, () => {
      server.attempt(expire);
    });
  }
}
