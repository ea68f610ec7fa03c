import type { SchedulerLike } from 'rxjs';
import { ServiceTimer } from '../kernel/serviceTime';
import { isRealTime } from '../time/timeSlice';
import { VirtualClock } from '../time/virtualClock';
import { WallClock } from '../time/wallClock';
import type { ServeOptions } from './serveOptions';
import type { Service } from './service';

type ServiceTimes<T> = Pick<Service<T, never>, 'item' | 'start' | 'began' | 'duration' | 'finish'>;

/**
 * When the services of a server begin and end on its scheduler's clock. Times are handed on in fields of
 * the service: as arguments and results of functions they would be objects.
 */
export class ServiceClock<T> {
  /** The scheduler, if it is a clock that stands still while somebody works. */
  readonly virtual: VirtualClock | undefined;
  /** What the stopwatch says when the clock says 0; NaN where the two are unrelated. */
  private readonly origin: number;
  private readonly times: ServiceTimer<T>;
  /** Service times are measured, and have passed on the scheduler's clock as well. */
  private readonly passesByItself: boolean;
  /** The clock may have to reach the end of a service. */
  readonly waits: boolean;

  /** One reading says when an item was offered and when its service began. */
  readonly hasOneReading: boolean;
  private reading = NaN;

  constructor(
    options: Pick<ServeOptions<T, never>, 'stopwatch' | 'serviceTime' | 'meter' | 'concurrency'>,
    private readonly scheduler: SchedulerLike,
  ) {
    this.virtual = scheduler instanceof VirtualClock ? scheduler : undefined;
    const wall =
      scheduler instanceof WallClock && options.stopwatch === undefined ? scheduler : undefined;
    this.origin = wall === undefined ? NaN : wall.origin;
    const timing = wall === undefined ? options : { ...options, stopwatch: () => wall.read() };
    this.times = new ServiceTimer(timing, scheduler);
    this.passesByItself = isRealTime(scheduler) && !this.times.isStated;
    // A meter, or a readiness that several servers share, lets others work before the service begins.
    const { meter, concurrency = 1 } = options;
    const isAlone = meter === undefined && concurrency === 1;
    this.hasOneReading = this.passesByItself && wall !== undefined && isAlone;
    this.waits = this.virtual !== undefined || this.times.isStated;
  }

  /** As of `ServiceTimer`. */
  get isStated(): boolean {
    return this.times.isStated;
  }

  /** The time at which an item arrives, where one reading says both. */
  now(): number {
    const reading = this.times.read();
    this.reading = reading;
    return reading - this.origin;
  }

  /** The work on an item begins; `isArriving`: at the time that was read last. */
  begin(service: ServiceTimes<T>, isArriving: boolean): void {
    service.began = isArriving && this.hasOneReading ? this.reading : this.times.read();
  }

  /** The service is over: when, as the stopwatch or the stated time has it. */
  end(service: ServiceTimes<T>): void {
    const duration = this.times.since(service.began, service.item as T);
    service.duration = duration;
    service.finish = service.start + duration;
    if (this.passesByItself) this.holdBack(service);
  }

  /** A stopwatch may be finer than the clock, which it must not overtake: who comes next would be early. */
  private holdBack(service: ServiceTimes<T>): void {
    const { start, began, duration, finish } = service;
    const { origin } = this;
    // A reading of the clock costs more than all the rest of this, so it is spared where the stopwatch's will do.
    const now = origin === origin ? began + duration - origin : this.scheduler.now();
    if (finish > now) service.finish = start > now ? start : now;
  }

  /** A service that was awaited ends no earlier than it completed. */
  endNow(service: ServiceTimes<T>): void {
    this.end(service);
    service.finish = Math.max(service.finish, this.scheduler.now());
  }

  /** The service has ended, and the clock has yet to reach its end; requested only where it may have to. */
  isAheadOf({ start, finish }: ServiceTimes<T>): boolean {
    return finish > start && finish > this.scheduler.now();
  }
}
