import { Service } from './service';

/** The servers of one inbox, each with the service that it has under way. */
export class ServicePool<T, R> {
  readonly services: readonly Service<T, R>[];
  /** How many are not free. */
  taken = 0;
  private begun = 0;
  private readonly only: Service<T, R> | undefined;

  constructor(readonly size: number) {
    this.services = Array.from({ length: size }, () => new Service<T, R>());
    if (size === 1) this.only = this.services[0];
  }

  get isFree(): boolean {
    return this.taken < this.size;
  }

  /** A free server takes the item. */
  take(item: T): Service<T, R> {
    const service = this.only ?? this.findFree();
    service.begin(item);
    this.taken += 1;
    return service;
  }

  private findFree(): Service<T, R> {
    const { services } = this;
    let i = 0;
    while ((services[i] as Service<T, R>).isTaken) i += 1;
    const service = services[i] as Service<T, R>;
    service.order = this.begun += 1;
    return service;
  }

  release(service: Service<T, R>): void {
    service.isTaken = false;
    this.taken -= 1;
  }

  /** The service that ends first of those whose time is waited for; requested only while there is one. */
  earliest(): Service<T, R> {
    const { services } = this;
    let first = services[0] as Service<T, R>;
    for (let i = 1; i < services.length; i += 1) {
      const other = services[i] as Service<T, R>;
      if (other.isTimed && (!first.isTimed || endsBefore(other, first))) first = other;
    }
    return first;
  }

  /** Leaves all work; the items that were being worked on, in order of their beginning. */
  cancel(): T[] {
    const serving = this.services.filter(({ isServing }) => isServing);
    serving.sort((a, b) => a.order - b.order);
    for (const service of this.services) service.cancel();
    return serving.map((service) => service.end());
  }
}

const endsBefore = <T, R>(a: Service<T, R>, b: Service<T, R>): boolean =>
  a.finish < b.finish || (a.finish === b.finish && a.order < b.order);
