import { asyncScheduler, VirtualTimeScheduler } from 'rxjs';
import { OptionError, VirtualClock } from '../../../operators';
import { checkServiceTime, ServiceTimer } from '../../../operators/kernel/serviceTime';

/** A stopwatch that says these times, one after another. */
const saying = (...times: number[]): jest.Mock<number, []> =>
  jest.fn(() => times.shift() as number);

it.each([asyncScheduler, new VirtualClock()])('measures unless a time is stated', (scheduler) => {
  const timer = new ServiceTimer({ stopwatch: saying(10, 13) }, scheduler);
  const began = timer.read();
  expect([began, timer.since(began, 'a'), timer.isStated]).toEqual([10, 3, false]);
});

it('measures real time unless it is given a stopwatch', () => {
  const timer = new ServiceTimer({}, asyncScheduler);
  const before = performance.now();
  const read = timer.read();
  expect(read).toBeGreaterThanOrEqual(before);
  expect(read).toBeLessThanOrEqual(performance.now());
});

it('looks at no stopwatch where the time is stated', () => {
  const stopwatch = saying();
  const timer = new ServiceTimer({ stopwatch, serviceTime: 5 }, asyncScheduler);
  expect([timer.read(), timer.since(0, 'a'), timer.isStated]).toEqual([0, 5, true]);
  expect(stopwatch).not.toHaveBeenCalled();
});

it('makes a time of the item and what was measured', () => {
  const serviceTime = (item: string, measured: number): number => item.length * 100 + measured;
  const timer = new ServiceTimer({ stopwatch: saying(10, 13), serviceTime }, asyncScheduler);
  expect([timer.since(timer.read(), 'ab'), timer.isStated]).toEqual([203, true]);
});

it('measures 0 where no time passes while code runs', () => {
  const stopwatch = saying();
  const timer = new ServiceTimer({ stopwatch }, new VirtualTimeScheduler());
  expect(timer.since(timer.read(), 'a')).toBe(0);
  expect(stopwatch).not.toHaveBeenCalled();
});

it.each([-1, NaN, Infinity])('refuses a service time of %p', (made) => {
  expect(() => checkServiceTime(made)).toThrow(OptionError);
  const timer = new ServiceTimer({ serviceTime: () => made }, asyncScheduler);
  expect(() => timer.since(0, 'a')).toThrow(OptionError);
});

it('takes 0', () => {
  expect(checkServiceTime(0)).toBe(0);
});
