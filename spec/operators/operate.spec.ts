import { NEVER, Observable, of, Subject } from 'rxjs';
import { operate } from '../../operators/operate';
import type { Attachment } from '../../operators/operate';
import { failure, messageOf } from '../support/collect';

const broken = (): never => {
  throw new Error('broken');
};
const quiet: Attachment<unknown> = { next: () => undefined, complete: () => undefined };

describe('operate', () => {
  it.each<[string, Partial<Attachment<string>>, Observable<string>]>([
    ['next', { next: broken }, of('a')],
    ['complete', { complete: broken }, of()],
    [
      'error',
      { error: broken },
      new Observable((subscriber) => {
        subscriber.error(failure);
      }),
    ],
  ])('what %s throws is an error of the stream', (_title, attachment, source) => {
    const errors: unknown[] = [];
    operate(source, () => ({ ...quiet, ...attachment })).subscribe({
      error: (error: unknown) => errors.push(messageOf(error)),
    });
    expect(errors).toEqual(['broken']);
  });

  it('what connect throws is one too, and the source is not asked', () => {
    const source = new Subject<string>();
    const errors: unknown[] = [];
    operate(source, broken).subscribe({ error: (error: unknown) => errors.push(messageOf(error)) });
    expect([errors, source.observed]).toEqual([['broken'], false]);
  });

  it('a source’s error is passed on, if nobody says otherwise', () => {
    const errors: unknown[] = [];
    const source = new Subject<string>();
    operate(source, () => quiet).subscribe({ error: (error: unknown) => errors.push(error) });
    source.error(failure);
    expect(errors).toEqual([failure]);
  });

  it.each([
    ['unsubscribed from', 'unsubscribe'],
    ['failed', 'fail'],
  ])('%s: it leaves the source, lets go, and then it is over', (_title, how) => {
    const log: string[] = [];
    const source = new Observable<string>(() => () => log.push('left'));
    let failNow: (error: unknown) => void = () => undefined;
    const subscription = operate(source, (_subscriber, { fail }) => {
      failNow = fail;
      return {
        ...quiet,
        discard: () => log.push('let go'),
        closed: () => log.push('closed'),
      };
    }).subscribe({ error: () => log.push('error') });
    if (how === 'fail') failNow(failure);
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
    operate<number, number>(source, (_subscriber, { leave }) => ({
      next(n) {
        log.push(String(n));
        if (n === 2) leave();
      },
      complete: () => log.push('|'),
    })).subscribe();
    expect(log).toEqual(['0', '1', '2']);
  });

  it.each<[string, Partial<Attachment<unknown>>]>([
    ['discard', { discard: broken }],
    ['closed', { closed: broken }],
  ])(
    '%s that throws when it is unsubscribed from is told as rxjs tells such things',
    (_title, attachment) => {
      const source = new Subject<unknown>();
      const subscription = operate(source, () => ({ ...quiet, ...attachment })).subscribe();
      expect(() => {
        subscription.unsubscribe();
      }).toThrow(expect.objectContaining({ name: 'UnsubscriptionError' }) as Error);
      expect(source.observed).toBe(false);
    },
  );

  it('a source whose teardown throws is let go of all the same', () => {
    const log: string[] = [];
    const source = new Observable<string>(() => broken);
    const subscription = operate(source, () => ({
      ...quiet,
      discard: () => log.push('let go'),
      closed: () => log.push('closed'),
    })).subscribe();
    expect(() => {
      subscription.unsubscribe();
    }).toThrow('broken');
    expect(log).toEqual(['let go', 'closed']);
  });

  it('connects for each subscriber', () => {
    let connected = 0;
    const result = operate(NEVER, () => {
      connected += 1;
      return quiet;
    });
    result.subscribe();
    result.subscribe();
    expect(connected).toBe(2);
  });
});
