import { Subject } from 'rxjs';
import { OverflowError } from '../../../operators';
import type { EdgeEvent } from '../../../operators';
import { AccountedBuffer } from '../../../operators/kernel/accountedBuffer';
import type { AccountedBufferOptions } from '../../../operators/kernel/accountedBuffer';

/** An inbox with room for two, and what it has told, in short. */
function given(options: Partial<AccountedBufferOptions<string>> = {}): {
  inbox: AccountedBuffer<string>;
  told: string[];
} {
  const told: string[] = [];
  const events = {
    next: ({ type, key, count, at }: EdgeEvent): void => {
      told.push([type, key ?? '', count, at].join(' '));
    },
  };
  const scheduler = { now: () => 7, schedule: jest.fn() };
  const inbox = new AccountedBuffer<string>({
    edge: 'e',
    capacity: 2,
    events,
    scheduler,
    keyOf: (item) => item.slice(0, 1),
    ...options,
  });
  return { inbox, told };
}

it('says what waits', () => {
  const { inbox, told } = given();
  expect([inbox.push('a1'), inbox.push('b1')]).toEqual([undefined, undefined]);
  expect([inbox.waiting.length, inbox.waiting.shift(), told]).toEqual([2, 'a1', []]);
});

it('discards what finds no room, and comes with the error of it', () => {
  const { inbox, told } = given();
  inbox.push('a1');
  inbox.push('a2');
  expect(inbox.push('b1')).toEqual(new OverflowError('e', 2));
  expect([inbox.waiting.length, told]).toEqual([2, ['discarded b 1 7']]);
});

it('counts what is dropped', () => {
  const { inbox, told } = given({ overflow: 'dropOldest' });
  ['a1', 'b1', 'c1'].forEach((item) => {
    expect(inbox.push(item)).toBeUndefined();
  });
  expect(told).toEqual(['dropped a 1 7']);
});

it('discards all that waits', () => {
  const { inbox, told } = given();
  inbox.push('a1');
  inbox.push('b1');
  inbox.discardAll();
  expect([inbox.waiting.length, told]).toEqual([0, ['discarded a 1 7', 'discarded b 1 7']]);
});

it('is empty even where the events of that could not be told', () => {
  const { inbox } = given({
    events: {
      next() {
        throw new Error('no ears');
      },
    },
  });
  inbox.push('a1');
  inbox.push('b1');
  expect(() => {
    inbox.discardAll();
  }).toThrow('no ears');
  expect(inbox.waiting.length).toBe(0);
});

it('counts nothing that is none to count', () => {
  const { inbox, told } = given({ isCounted: (item) => item !== 'mark' });
  inbox.discard('mark', 'discarded');
  inbox.count('overrun', 'mark', 1);
  inbox.count('overrun', 'a1', 1);
  expect(told).toEqual(['overrun a 1 1']);
});

it('throws what its own callbacks throw: that is no full inbox', () => {
  const { inbox } = given({
    overflow: 'conflate',
    keyOf: () => {
      throw new RangeError('no key');
    },
  });
  expect(() => inbox.push('a1')).toThrow(RangeError);
});

it('tells the time of the system unless it is given a clock', () => {
  const inbox = new AccountedBuffer<string>({ edge: 'e' });
  const before = Date.now();
  const now = inbox.now();
  expect(now).toBeGreaterThanOrEqual(before);
  expect(now).toBeLessThanOrEqual(Date.now());
});

it('lets dead letters go to an observer that wants none of them', () => {
  const { inbox } = given({ deadLetters: {} });
  expect(() => {
    inbox.deadLetter('a1', 'skipped', 1);
  }).not.toThrow();
});

it('a dead letter holds the error, if there is one', () => {
  const letters: unknown[] = [];
  const { inbox } = given({ deadLetters: (letter) => letters.push(letter) });
  const error = new Error('lost');
  inbox.deadLetter('a1', 'skipped', 1, error);
  inbox.deadLetter('a2', 'dropped', 2);
  expect(letters).toStrictEqual([
    { item: 'a1', reason: 'skipped', edge: 'e', at: 1, error },
    { item: 'a2', reason: 'dropped', edge: 'e', at: 2 },
  ]);
});

it.each(['events', 'deadLetters'] as const)('refuses %s that no longer listen', (option) => {
  const ended = new Subject<never>();
  ended.complete();
  expect(() => given({ [option]: ended })).toThrow(
    `${option} is 'a Subject that has ended', but must be an observer that still listens`,
  );
});
