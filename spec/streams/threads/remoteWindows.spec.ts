import { workMailbox } from '../../../operators/kernel/mailbox';
import type { PipelineEvent } from '../../../streams';
import type { CoordinatorMeter } from '../../../streams/engine/coordinatorMeter';
import type { Account } from '../../../streams/threads/messages';
import { RemoteWindows } from '../../../streams/threads/remoteWindows';
import type { ServedStage } from '../../../streams/topology';
import { M } from '../given';

const meter = {
  derived: () => undefined,
  flush: () => ({ busyMs: 1, blockedMs: 0, events: [] }),
} as unknown as CoordinatorMeter;

const account = (busyMs: number): Account => ({ events: [], busyMs, blockedMs: 0, derived: 0 });

/** Windows of a run whose stages are asked but answer only when the spec does; what left, in words. */
function remote(stages: ServedStage[] = ['processor', 'analysis'], heard?: (text: string) => void) {
  const left: string[] = [];
  const busy: number[] = [];
  const ended: string[] = [];
  const windows: RemoteWindows = new RemoteWindows({
    coordinator: meter,
    emit: (event: PipelineEvent) => {
      if (event.type === 'window') {
        const { stage = '', market, at } = event;
        if (market !== undefined) {
          ended.push(`${stage} ${market.from / 1e6}-${market.to / 1e6} at ${at}`);
        }
        busy.push(...Object.values(event.busyMs));
        // The last stage's.
        if (event.stage !== 'analysis') return;
        left.push(`window to ${event.at}, busy ${busy.splice(0).join(' ')}`);
      } else left.push(event.type);
      heard?.(event.type);
    },
    mailbox: workMailbox(),
    now: () => 0,
    ask: () => [...stages],
    isBusy: () => false,
    paused: () => false,
    onFirst: () => undefined,
    baseInterval: M,
  });
  return { windows, left, stages, ended };
}

const SPEED: PipelineEvent = { type: 'speed', at: 1, speed: 2 };
const MODE: PipelineEvent = { type: 'mode', at: 1, mode: 'data' };

describe('windows whose accounts are kept in threads', () => {
  it('are over when every stage has sent its account; what comes after the end waits', () => {
    const { windows, left } = remote();
    windows.flush(10);
    windows.emit(SPEED);
    windows.onAccount('analysis', account(3));
    expect(left).toEqual([]);
    windows.onAccount('processor', account(2));
    expect(left).toEqual(['window to 10, busy 1 2 3', 'speed']);
  });

  it('wait for one another', () => {
    const { windows, left } = remote();
    windows.flush(10);
    windows.flush(20);
    windows.emit(SPEED);
    for (const busy of [2, 4]) {
      windows.onAccount('processor', account(busy));
      windows.onAccount('analysis', account(busy + 1));
    }
    expect(left).toEqual(['window to 10, busy 1 2 3', 'window to 20, busy 1 4 5', 'speed']);
  });

  it('take the last account of a stage that was asked', () => {
    const { windows, left } = remote();
    windows.flush(10);
    windows.onLastAccount('processor', account(2));
    windows.onLastAccount('analysis', account(3));
    expect(left).toEqual(['window to 10, busy 1 2 3']);
  });

  it('keep the last account of a stage that was not asked for the next window', () => {
    const { windows, left, stages } = remote();
    windows.flush(10);
    windows.onAccount('processor', account(2));
    windows.onLastAccount('processor', account(4));
    stages.shift();
    windows.onAccount('analysis', account(3));
    windows.flush(20);
    windows.onAccount('analysis', account(5));
    expect(left).toEqual(['window to 10, busy 1 2 3', 'window to 20, busy 1 4 5']);
  });

  it('end with each stage, which ends them itself', () => {
    const { windows, ended } = remote();
    const market = { from: 0, to: M };
    windows.reach(M, 0);
    windows.reach(2 * M, 100);
    windows.onAccount('processor', { ...account(2), market, endedAt: 140 });
    windows.onAccount('analysis', { ...account(3), market, endedAt: 900 });
    expect(ended).toEqual([
      'coordinator 0-60 at 100',
      'processor 0-60 at 140',
      'analysis 0-60 at 900',
    ]);
  });

  it('that a stage ended before it answered come before what was requested, later ones after that', () => {
    const { windows, left } = remote();
    const market = { from: 0, to: M };
    windows.flush(10);
    windows.emit(SPEED);
    windows.onAccount('analysis', { ...account(3), market, endedAt: 5 });
    windows.onAccount('analysis', account(4));
    windows.onAccount('analysis', { ...account(5), market, endedAt: 20 });
    expect(left).toEqual(['window to 5, busy 3']);
    windows.onAccount('processor', account(2));
    expect(left).toEqual([
      'window to 5, busy 3',
      'window to 10, busy 1 2 4',
      'speed',
      'window to 20, busy 5',
    ]);
  });

  it('wait for nobody once they are closed', () => {
    const { windows, left } = remote();
    windows.flush(10);
    windows.emit(SPEED);
    windows.onAccount('processor', account(2));
    windows.close(30);
    expect(left).toEqual(['window to 10, busy 1 2 0', 'speed', 'window to 30, busy 1 0 0']);
  });

  it('say what an observer answers after the event that it answers', () => {
    const { windows, left } = remote([], (type) => {
      if (type === 'window') windows.emit(MODE);
      else if (type === 'mode') windows.emit(SPEED);
    });
    windows.flush(10);
    expect(left).toEqual(['window to 10, busy 1 0 0', 'mode', 'speed']);
  });

  it('leave early at most four times a second, however busy the stages are', () => {
    jest.useFakeTimers();
    try {
      const { windows, left } = remote([]);
      windows.open(0);
      for (let ms = 1; ms <= 10_000; ms += 1) {
        windows.passed(ms);
        jest.advanceTimersByTime(1);
      }
      expect(left).toHaveLength(40);
      windows.close(10_000);
    } finally {
      jest.useRealTimers();
    }
  });
});
