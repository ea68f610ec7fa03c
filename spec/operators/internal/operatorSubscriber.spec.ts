import { NEVER, Observable, of, Subject } from 'rxjs';
import type { Subscriber } from 'rxjs';
import { operate, OperatorSubscriber } from '../../../operators/internal/operatorSubscriber';
import { failure, messageOf } from '../../support/collect';
import { unhandled } from '../../support/unhandled';

const broken = (): never => {
  throw new Error('broken');
};

/** What an operator does at each of its moments; nothing where it does not say. */
interface Moments {
  next?: (item: unknown, operation: OperatorSubscriber<unknown, unknown>) => void;
  complete?: () => void;
  error?: (error: unknown) => void;
  discard?: () => void;
  dispose?: () => void;
}

class Plain extends OperatorSubscriber<unknown, unknown> {
  private readonly moments: Moments;

  constructor(moments: Moments, subscriber: Subscriber<unknown>) {
    super(subscriber);
    this.moments = moments;
  }

  override next(item: unknown): void {
    if (!this.isListening) return;
    try {
      this.moments.next?.(item, this);
    } catch (error) {
      this.fail(error);
    }
  }

  protected override onComplete(): void {
    this.moments.complete?.();
  }

  protected override onError(error: unknown): void {
    if (this.moments.error === undefined) super.onError(error);
    else this.moments.error(error);
  }

  protected override discard(): void {
    super.discard();
    this.moments.discard?.();
  }

  protected override dispose(): void {
    super.dispose();
    this.moments.dispose?.();
  }
}

const plain = (source: Observable<unknown>, moments: Moments = {}): Observable<unknown> =>
  operate(source, (subscriber) => new Plain(moments, subscriber));

describe('operate', () => {
  it.each<[string, Moments, Observable<string>]>([
    ['next', { next: broken }, of('a')],
    ['complete', { complete: broken }, of()],
    [
      'error',
      { error: broken },
      new Observable((subscriber) => {
        subscriber.error(failure);
      }),
    ],
  ])('what %s throws is an error of the stream', (_title, moments, source) => {
    const errors: unknown[] = [];
    plain(source, moments).subscribe({
      error: (error: unknown) => errors.push(messageOf(error)),
    });
    expect(errors).toEqual(['broken']);
  });

  it('what making it throws is one too, and the source is not asked', () => {
    const source = new Subject<string>();
    const errors: unknown[] = [];
    operate<string, unknown>(source, broken).subscribe({
      error: (error: unknown) => errors.push(messageOf(error)),
    });
    expect([errors, source.observed]).toEqual([['broken'], false]);
  });

  it('a source’s error is passed on, if nobody says otherwise', () => {
    const errors: unknown[] = [];
    const source = new Subject<string>();
    plain(source).subscribe({ error: (error: unknown) => errors.push(error) });
    source.error(failure);
    expect(errors).toEqual([failure]);
  });

  it('an error after the end is not heard', () => {
    const log: string[] = [];
    const source = new Observable<string>((subscriber) => {
      const says = [() => subscriber.complete(), () => subscriber.error(failure)];
      for (const say of says) say();
    });
    plain(source, { complete: () => log.push('|'), error: () => log.push('#') }).subscribe();
    expect(log).toEqual(['|']);
  });

  it('a source that has failed is left, and what it emits then is not heard', () => {
    const log: unknown[] = [];
    let late: () => void = () => undefined;
    const source = new Observable<string>((subscriber) => {
      late = () => {
        subscriber.next('late');
      };
      subscriber.error(failure);
      return () => log.push('left');
    });
    const error = (): void => {
      log.push('#');
      late();
    };
    plain(source, { error, next: (item) => log.push(item) }).subscribe();
    expect(log).toEqual(['#', 'left']);
  });

  it.each([
    ['unsubscribed from', 'unsubscribe'],
    ['failed', 'fail'],
  ])('%s: it leaves the source, lets go, and then it is over', (_title, how) => {
    const log: string[] = [];
    const source = new Observable<string>(() => () => log.push('left'));
    const made: OperatorSubscriber<unknown, unknown>[] = [];
    const subscription = operate(source, (subscriber) => {
      const moments = { discard: () => log.push('let go'), dispose: () => log.push('closed') };
      const operation = new Plain(moments, subscriber);
      made.push(operation);
      return operation;
    }).subscribe({ error: () => log.push('error') });
    if (how === 'fail') made[0]?.fail(failure);
    else subscription.unsubscribe();
    expect(log).toEqual(
      how === 'fail'
        ? ['left', 'let go', 'error', 'let go', 'closed']
        : ['left', 'let go', 'closed'],
    );
  });

  it('a source left by the operator itself is heard no more, and its end neither', () => {
    const log: string[] = [];
    const source = new Observable<number>((subscriber) => {
      for (let n = 0; n < 9 && !subscriber.closed; n += 1) subscriber.next(n);
      subscriber.complete();
    });
    plain(source, {
      next(n, operation) {
        log.push(String(n));
        if (n === 2) operation.unsubscribe();
      },
      complete: () => log.push('|'),
    }).subscribe();
    expect(log).toEqual(['0', '1', '2']);
  });

  it.each<[string, Moments, Observable<unknown>]>([
    ['discard', { discard: broken }, NEVER],
    ['dispose', { dispose: broken }, NEVER],
    ['the teardown of the source', {}, new Observable(() => broken)],
  ])(
    'unsubscribe never throws; what %s throws is reported as rxjs reports it',
    (_title, moments, source) => {
      const subscription = plain(source, moments).subscribe();
      expect(
        unhandled(() => {
          subscription.unsubscribe();
        }).map(String),
      ).toEqual([expect.stringContaining('broken')]);
    },
  );

  it('a source whose teardown throws is let go of all the same', () => {
    const log: string[] = [];
    const source = new Observable<string>(() => broken);
    const subscription = plain(source, {
      discard: () => log.push('let go'),
      dispose: () => log.push('closed'),
    }).subscribe();
    unhandled(() => {
      subscription.unsubscribe();
    });
    expect(log).toEqual(['let go', 'closed']);
  });

  it('is made for each subscriber', () => {
    let made = 0;
    const result = operate<unknown, unknown>(NEVER, (subscriber) => {
      made += 1;
      return new Plain({}, subscriber);
    });
    result.subscribe();
    result.subscribe();
    expect(made).toBe(2);
  });
});
