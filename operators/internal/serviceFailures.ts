import { throwError } from 'rxjs';
import type { AccountedBuffer } from '../kernel/accountedBuffer';
import type { Process, ServeOptions } from './serveOptions';
import type { Service } from './service';
import type { ServiceClock } from './serviceClock';

/** What becomes of an item whose work fails: it is an error of the stream, or the item is lost and the stream goes on. */
export class ServiceFailures<T, R> {
  /** The stream goes on. */
  private readonly skips: boolean;

  /**
   * @param fail The stream has failed.
   * @param finish The service is over, without further outputs; not called when the dead letter ended the stream.
   */
  constructor(
    { onError }: ServeOptions<T, R>,
    private readonly clock: ServiceClock<T>,
    private readonly inbox: AccountedBuffer<T>,
    private readonly fail: (error: unknown) => void,
    private readonly finish: (service: Service<T, R>) => void,
  ) {
    this.skips = onError === 'skip';
  }

  /** Where the stream goes on, what the work throws at once is an error like those that come later. */
  catching(process: Process<T, R>): Process<T, R> {
    if (!this.skips) return process;
    return (item, context) => {
      try {
        return process(item, context);
      } catch (error) {
        return throwError(() => error);
      }
    };
  }

  /** The work has failed. */
  onError(
    service: Service<T, R>,
    error: unknown,
    reason: 'skipped' | 'timedOut' = 'skipped',
  ): void {
    if (!this.skips) {
      this.fail(error);
      return;
    }
    const { pending } = service;
    service.stopWaiting();
    if (pending?.isLater === true) this.clock.endNow(service);
    else this.clock.end(service);
    this.inbox.deadLetter(service.item as T, reason, service.finish, error);
    this.finish(service);
    pending?.cancel();
  }
}
