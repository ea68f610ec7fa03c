import { VirtualTimeScheduler } from 'rxjs';
import { EventTimeClock } from '../../../operators/time/eventTimeClock';

/** A clock of the items beside a scheduler whose time is set by hand. */
const given = (): { scheduler: VirtualTimeScheduler; clock: EventTimeClock } => {
  const scheduler = new VirtualTimeScheduler();
  return { scheduler, clock: new EventTimeClock(scheduler) };
};

it('shows no time before it is set, nor after it was cleared', () => {
  const { clock } = given();
  expect([clock.isSet, clock.now()]).toEqual([false, undefined]);
  clock.set(100);
  clock.clear();
  expect([clock.isSet, clock.now()]).toEqual([false, undefined]);
});

it('goes at its speed from the time that it was set to', () => {
  const { scheduler, clock } = given();
  scheduler.frame = 1_000;
  clock.speed = 4;
  clock.set(100);
  scheduler.frame = 1_010;
  expect(clock.now()).toBe(140);
  expect(clock.dueAt(180)).toBe(1_020);
});

it('has what was before it due at once: when it was set', () => {
  const { scheduler, clock } = given();
  scheduler.frame = 7;
  clock.set(100);
  expect([clock.dueAt(40), clock.dueAt(100), clock.dueAt(101)]).toEqual([7, 7, 8]);
});

it('leaves what is overdue the time at which it was due when the speed changes', () => {
  const { scheduler, clock } = given();
  clock.set(0);
  scheduler.frame = 10;
  clock.speed = 2;
  clock.continueFrom(clock.now() as number);
  expect(clock.dueAt(4)).toBe(4);
  expect(clock.dueAt(10)).toBe(10);
  expect(clock.dueAt(30)).toBe(20);
});

it('stands still for as long as nobody lets it go on', () => {
  const { scheduler, clock } = given();
  clock.set(0);
  scheduler.frame = 10;
  const stoodAt = clock.now() as number;
  scheduler.frame = 500;
  clock.continueFrom(stoodAt);
  scheduler.frame = 505;
  expect(clock.now()).toBe(15);
  expect(clock.dueAt(11)).toBe(501);
});

it('forgets all pieces when it is set anew', () => {
  const { scheduler, clock } = given();
  clock.set(0);
  scheduler.frame = 10;
  clock.continueFrom(10);
  scheduler.frame = 20;
  clock.set(1_000);
  expect(clock.dueAt(1_005)).toBe(25);
  expect(clock.dueAt(5)).toBe(20);
});
