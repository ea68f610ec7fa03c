import { NEVER, of, Subject, throwError } from 'rxjs';
import { VirtualClock } from '../../../operators';
import { PendingService } from '../../../operators/kernel/pendingService';

/** A pending service, and what it tells. */
function given(): { pending: PendingService<string>; told: unknown[] } {
  const told: unknown[] = [];
  const pending = new PendingService<string>(
    () => told.push('completed'),
    (error) => told.push(error),
  );
  return { pending, told };
}

it('says of what completes at once that it did, and does not tell so again', () => {
  const { pending, told } = given();
  expect(pending.run(of('a', 'b'), undefined)).toBe(true);
  expect([pending.outputs, told]).toEqual([['a', 'b'], []]);
});

it('tells when it completes later, with all outputs at hand', () => {
  const { pending, told } = given();
  const outputs = new Subject<string>();
  expect(pending.run(outputs, undefined)).toBe(false);
  outputs.next('a');
  expect(told).toEqual([]);
  outputs.complete();
  expect([pending.outputs, told]).toEqual([['a'], ['completed']]);
});

it('waits for promises', async () => {
  const { pending, told } = given();
  expect(pending.run(Promise.resolve('a'), undefined)).toBe(false);
  await Promise.resolve();
  expect([pending.outputs, told]).toEqual([['a'], ['completed']]);
});

it('tells of an error, and of no completion', () => {
  const { pending, told } = given();
  const failure = new Error('lost');
  expect(
    pending.run(
      throwError(() => failure),
      undefined,
    ),
  ).toBe(false);
  expect(told).toEqual([failure]);
});

it('leaves what it was waiting for, and hears no more of it', () => {
  const { pending, told } = given();
  const outputs = new Subject<string>();
  pending.run(outputs, undefined);
  pending.cancel();
  outputs.next('a');
  expect([outputs.observed, pending.outputs, told]).toEqual([false, [], []]);
});

it('holds a virtual clock until it is cancelled', async () => {
  const { pending } = given();
  const clock = new VirtualClock();
  pending.run(NEVER, clock);
  const rang = new Promise<number>((resolve) => {
    clock.schedule(() => {
      resolve(clock.now());
    }, 5);
  });
  await new Promise(setImmediate);
  expect(clock.now()).toBe(0);
  pending.cancel();
  expect(await rang).toBe(5);
});
