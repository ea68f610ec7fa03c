import type { PipelineEvent } from '../../../streams';
import { workMailbox } from '../../../operators/kernel/mailbox';
import { Windows } from '../../../streams/engine/windows';

/** Windows over meters that say nothing; the stretches that were closed, as [from, at]. */
function windowsOf(heard: (event: PipelineEvent) => void = () => undefined, symbols = 1) {
  const stretches: [number, number][] = [];
  const meter = { flush: () => ({ busyMs: 0, blockedMs: 0, events: [] }) };
  const mailbox = workMailbox();
  const windows = new Windows({
    rests: false,
    meters: { coordinator: meter, processor: meter, analysis: meter },
    strategies: { flush: () => [] },
    emit: (event) => {
      if (event.type === 'window') stretches.push([event.from, event.at]);
      heard(event);
    },
    symbols: () => symbols,
    mailbox,
    paused: () => false,
  });
  return { windows, stretches, mailbox };
}

const pass = (windows: Windows, items: number, at: number): void => {
  for (let item = 0; item < items; item += 1) windows.passed(at);
};

test('a window is over after 100 ms with at least 256 items', () => {
  const { windows, stretches } = windowsOf();
  windows.open(0);
  pass(windows, 200, 150);
  expect(stretches).toEqual([]);
  pass(windows, 56, 160);
  pass(windows, 300, 200);
  pass(windows, 1, 260);
  windows.close(300);
  expect(stretches).toEqual([
    [0, 160],
    [160, 260],
    [260, 300],
  ]);
});

test('or with 16,384 of them, and 64 a symbol', () => {
  for (const [symbols, full] of [
    [1, 16_384],
    [500, 32_000],
  ] as const) {
    const { windows, stretches } = windowsOf(undefined, symbols);
    windows.open(0);
    pass(windows, full - 1, 5);
    expect(stretches).toEqual([]);
    pass(windows, 1, 5);
    windows.close(5);
    expect(stretches).toEqual([
      [0, 5],
      [5, 5],
    ]);
  }
});

test('what passes before the first rows are there is a window of its own, if it takes time', () => {
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
  const { windows, stretches } = windowsOf();
  windows.open(0);
  pass(windows, 3, 80);
  windows.close(50);
  expect(stretches).toEqual([[0, 80]]);
});

test('a window that is asked for while the events of another leave comes after it', () => {
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
