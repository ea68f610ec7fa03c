import type { PipelineEvent } from '../../../streams';
import { workMailbox } from '../../../operators/kernel/mailbox';
import { Windows } from '../../../streams/engine/windows';
import { M, S } from '../given';

/** Windows over meters that say nothing; the stretches that were closed, as [from, at], and their market time in minutes. */
function windowsOf(heard: (event: PipelineEvent) => void = () => undefined, isLive = false) {
  const stretches: [number, number][] = [];
  const markets: ([number, number] | undefined)[] = [];
  const meter = {
    passed: 0,
    latest: NaN,
    flush: () => ({ busyMs: 0, blockedMs: 0, events: [] }),
  };
  const mailbox = workMailbox();
  const windows = new Windows({
    isLive,
    baseInterval: M,
    stages: [{ stage: 'coordinator', meter }],
    emit: (event) => {
      if (event.type === 'window') {
        stretches.push([event.from, event.at]);
        markets.push(event.market && [event.market.from / M, event.market.to / M]);
      }
      heard(event);
    },
    mailbox,
    paused: () => false,
  });
  return { windows, stretches, markets, mailbox, meter };
}

test('what is due at a boundary belongs to the window that ends there', () => {
  const { windows, markets } = windowsOf();
  windows.open(0);
  for (const market of [30 * S, M, M, M + 1, 2 * M, 7 * M]) {
    windows.reach('coordinator', market, market / 1_000);
  }
  windows.close(500_000);
  expect(markets).toEqual([
    [0, 1],
    [1, 2],
    [6, 7],
  ]);
});

test('what passes before the first rows are there is a stretch of its own, if it takes time', () => {
  const { windows, stretches } = windowsOf();
  windows.open(0);
  windows.begin(40);
  windows.begin(50);
  windows.close(60);
  expect(stretches).toEqual([
    [0, 40],
    [40, 60],
  ]);
  const other = windowsOf();
  other.windows.open(0);
  other.windows.begin(0);
  other.windows.close(9);
  expect(other.stretches).toEqual([[0, 9]]);
});

test('time never runs backwards: the last window ends no earlier than what passed', () => {
  const { windows, stretches, meter } = windowsOf();
  windows.open(0);
  meter.latest = 80;
  windows.close(50);
  expect(stretches).toEqual([[0, 80]]);
});

test('a flush that is asked for while the events of another leave comes after it', () => {
  const { windows, stretches, mailbox } = windowsOf(({ type }) => {
    if (type !== 'window' || stretches.length > 1) return;
    windows.close(20);
    mailbox.post(() => stretches.push([-1, -1]));
  });
  windows.open(0);
  windows.flush(10);
  expect(stretches).toContainEqual([0, 10]);
  expect(stretches).toContainEqual([10, 20]);
  expect(stretches).toContainEqual([-1, -1]);
});

test('keeps no process alive', () => {
  const { windows } = windowsOf();
  const before = process.getActiveResourcesInfo().length;
  windows.open(0);
  expect(process.getActiveResourcesInfo().length).toBe(before);
  windows.close(0);
});

describe('on a real clock', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('counts leave early at most four times a second, however much happens', () => {
    let early = 0;
    const { windows, meter } = windowsOf((event) => {
      if (event.type === 'window' && event.partial === true) early += 1;
    }, true);
    windows.open(0);
    windows.reach('coordinator', M, 0);
    for (let ms = 1; ms <= 10_000; ms += 1) {
      meter.passed += 1;
      meter.latest = ms;
      jest.advanceTimersByTime(1);
    }
    windows.close(10_000);
    expect(early).toBe(40);
  });
});
