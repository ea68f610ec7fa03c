import { VirtualTimeScheduler } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import { FOREVER } from '../time/forever';
import { OptionError } from '../errors';
import { stopwatch as realTime } from './stopwatch';

export interface ServiceTimerOptions<T> {
  /** Measures how long `process` works, in milliseconds; `performance.now` unless given. */
  readonly stopwatch?: () => number;
  /** Milliseconds an item takes, instead of what the stopwatch measures: a number, or a function of both. */
  readonly serviceTime?: number | ((item: T, measured: number) => number);
}

export function checkServiceTime(serviceTime: number): number {
  if (serviceTime >= 0 && serviceTime < FOREVER) return serviceTime;
  throw new OptionError('serviceTime', serviceTime, 'a number of milliseconds, at least 0');
}

/** Tells how long a service took: as stated, as it was measured, or as is made of that. */
export class ServiceTimer<T> {
  private readonly stated: ServiceTimerOptions<T>['serviceTime'];
  /** None where the time is stated, or where it is neither requested nor could pass. */
  private readonly stopwatch: (() => number) | undefined;

  constructor(
    { serviceTime, stopwatch = realTime }: ServiceTimerOptions<T>,
    scheduler: SchedulerLike,
  ) {
    const measures =
      typeof serviceTime !== 'number' && !(scheduler instanceof VirtualTimeScheduler);
    this.stated = serviceTime;
    this.stopwatch = measures ? stopwatch : undefined;
  }

  /** Real time does not tell it, so it has to be waited for. */
  get isStated(): boolean {
    return this.stated !== undefined;
  }

  /** What the stopwatch says. */
  read(): number {
    return this.stopwatch === undefined ? 0 : this.stopwatch();
  }

  /** Milliseconds of the service of an item that began when the stopwatch said `began`, and is over now. */
  since(began: number, item: T): number {
    const { stated } = this;
    if (typeof stated === 'number') return stated;
    const measured = this.stopwatch === undefined ? 0 : this.stopwatch() - began;
    return stated === undefined ? measured : checkServiceTime(stated(item, measured));
  }
}
