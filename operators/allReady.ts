import { largestOf } from './kernel/extremes';
import { OptionError, ReadinessError } from './errors';
import { BooleanSubject } from './internal/booleanSubject';
import type { Readiness, ReadinessUser, TimedReadiness } from './readiness';

/**
 * The readiness of several consumers that are all given every item: true while all of them are ready.
 * It has no `next`: each consumer keeps its own.
 *
 * ```
 * a           t-f--t-----
 * b           t-f-----t--
 *             allReady(a, b)
 * readiness   t-f-----t--
 * ```
 *
 * Make it once, beside the readinesses: it observes them as long as they exist.
 *
 * @example
 * const [disk, screen] = [new Readiness(), new Readiness()];
 * const both = allReady(disk, screen);
 * screen.next(false);
 * both.value; // false
 * screen.next(true);
 * both.value; // true
 */
export function allReady(...readinesses: readonly Readiness[]): CombinedReadiness {
  if (readinesses.length === 0) throw new OptionError('readinesses', 'empty', 'at least one');
  return new CombinedReadiness(readinesses);
}

/** What `allReady` returns: a `BehaviorSubject<boolean>` that only its parts switch. */
export class CombinedReadiness extends BooleanSubject implements TimedReadiness {
  /** What observers were notified of last. */
  private notified: boolean;
  /** Somebody has seen it false without a notification. */
  private missed = false;

  /** @internal */
  constructor(private readonly parts: readonly Readiness[]) {
    super(parts.every(({ value }) => value));
    this.notified = this.value;
    const update = (): void => {
      this.update();
    };
    const fail = (error: unknown): void => {
      this.error(error);
    };
    for (const part of parts) {
      part.when(true, update, fail);
      part.when(false, update, fail);
    }
  }

  override get value(): boolean {
    if (this.hasError || this.closed) super.getValue();
    const ready = this.parts.every((part) => part.value);
    if (!ready && this.notified) this.missed = true;
    return ready;
  }

  /** When the last of them became or becomes free, in milliseconds of their clock. */
  get freeAt(): number {
    return largestOf(this.parts.map(({ freeAt }) => freeAt));
  }

  override next(): void {
    throw new ReadinessError('allReady follows its parts: switch those.');
  }

  /** True if all are free at that time. */
  isReadyAt(at: number): boolean {
    let ready = true;
    for (const part of this.parts) ready = part.isReadyAt(at) && ready;
    return ready;
  }

  /** @internal */
  watch(user: ReadinessUser): () => void {
    const ends = this.parts.map((part) => part.watch(user));
    return () => {
      for (const end of ends) end();
    };
  }

  private update(): void {
    const ready = this.parts.every((part) => part.value);
    if (ready === this.notified && !this.missed) return;
    if (!ready && !this.notified) return;
    this.notified = ready;
    this.missed = false;
    this.deliver(ready);
  }
}
