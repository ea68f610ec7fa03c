import { BehaviorSubject, NEVER, of, Subject, throwError } from 'rxjs';
import type { Observable } from 'rxjs';
import { LiveOption } from '../../../operators/internal/liveOption';
import { failure } from '../../support/collect';

const made = (option: boolean | Observable<boolean>) => {
  const log: unknown[] = [];
  const it: LiveOption = new LiveOption(
    option,
    () => log.push(it.on),
    (error) => log.push(error),
  );
  return { it, log };
};

describe('LiveOption', () => {
  it.each<[string, boolean | Observable<boolean>, boolean]>([
    ['true', true, true],
    ['false', false, false],
    ['an Observable that has not emitted', NEVER, false],
    ['one that has', of(true), true],
    ['one that emits twice at once', of(false, true), true],
  ])('%s', (_title, option, on) => {
    const { it, log } = made(option);
    expect([it.on, log]).toEqual([on, []]);
  });

  it('tells changes, and nothing twice', () => {
    const option = new BehaviorSubject(false);
    const { log } = made(option);
    for (const on of [false, true, true, false]) option.next(on);
    expect(log).toEqual([true, false]);
  });

  it('tells a failure, also at once', () => {
    const option = new Subject<boolean>();
    const { log } = made(option);
    option.error(failure);
    expect([log, made(throwError(() => failure)).log]).toEqual([[failure], [failure]]);
  });

  it('can be left', () => {
    const option = new Subject<boolean>();
    made(option).it.subscription.unsubscribe();
    expect(option.observed).toBe(false);
  });
});
