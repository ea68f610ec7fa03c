import { map, merge } from 'rxjs';
import type { Observable } from 'rxjs';
import { Controls } from '../../../streams/engine/controls';

/** Everything that is told from now on, by name, in order. */
function heard(controls: Controls): unknown[][] {
  const told: unknown[][] = [];
  const as = (name: string, of: Observable<unknown>) => of.pipe(map((value) => [name, value]));
  merge(
    as('mode', controls.mode$),
    as('speed', controls.speed$),
    as('paused', controls.paused$),
    as('clock', controls.clockDriven$),
    as('gates', controls.gated$),
  ).subscribe((value) => told.push(value));
  return told;
}

describe('what can be changed while a run is under way', () => {
  it.each([
    ['clock', true, false],
    ['data', false, true],
  ] as const)('begins as it is said: %s', (mode, clock, gates) => {
    const controls = new Controls(mode, 60);
    expect(heard(controls)).toEqual([
      ['mode', mode],
      ['speed', 60],
      ['paused', false],
      ['clock', clock],
      ['gates', gates],
    ]);
    expect([controls.mode, controls.speed, controls.paused]).toEqual([mode, 60, false]);
    expect(controls.dueFloor).toBe(-Infinity);
  });

  it('to clock-driven: the clock is set before the gates let go of what they hold', () => {
    const controls = new Controls('data', 1);
    const all = heard(controls);
    const before = all.length;
    controls.setMode('clock', 1_234);
    expect(all.slice(before)).toEqual([
      ['mode', 'clock'],
      ['clock', true],
      ['gates', false],
    ]);
    expect([controls.mode, controls.dueFloor]).toEqual(['clock', 1_234]);
  });

  it('to data-driven: the gates close before the clock is looked at no longer', () => {
    const controls = new Controls('clock', 1);
    const all = heard(controls);
    const before = all.length;
    controls.setMode('data', 1_234);
    expect(all.slice(before)).toEqual([
      ['mode', 'data'],
      ['gates', true],
      ['clock', false],
    ]);
    expect([controls.mode, controls.dueFloor]).toEqual(['data', -Infinity]);
  });

  it('what is due then is known before anybody hears of the clock', () => {
    const controls = new Controls('data', 1);
    const floors: number[] = [];
    controls.clockDriven$.subscribe(() => floors.push(controls.dueFloor));
    controls.setMode('clock', 7);
    expect(floors).toEqual([-Infinity, 7]);
  });

  it('speed and pause are told as they change', () => {
    const controls = new Controls('clock', 1);
    const all = heard(controls);
    const before = all.length;
    controls.setSpeed(240);
    controls.setPaused(true);
    expect(all.slice(before)).toEqual([
      ['speed', 240],
      ['paused', true],
    ]);
    expect([controls.speed, controls.paused]).toEqual([240, true]);
  });

  it('whoever asks after the end still hears in which mode the run was', () => {
    const controls = new Controls('clock', 1);
    controls.setMode('data', 0);
    controls.close();
    const late: unknown[] = [];
    controls.mode$.subscribe({ next: (mode) => late.push(mode), complete: () => late.push('|') });
    expect(late).toEqual(['data', '|']);
  });
});
