import { wait } from './feedServer';

/** What keeps the event loop alive, by kind. */
function countsOf(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

/** Kinds that have nothing to do with a feed: jest's own pipes, and files that are read in the background. */
const OTHERS = new Set(['PipeWrap', 'TTYWrap', 'FSReqCallback', 'FSReqPromise', 'CloseReq']);
const PATIENCE_MS = 10_000;

/** Checks after each test of a file that no thread, socket or timer is left over. */
export function expectNoLeftovers(): void {
  let before = new Map<string, number>();
  beforeEach(() => {
    before = countsOf();
  });
  afterEach(async () => {
    const moreThanBefore = (): string[] =>
      [...countsOf()]
        .filter(([kind, count]) => !OTHERS.has(kind) && count > (before.get(kind) ?? 0))
        .map(([kind, count]) => `${count - (before.get(kind) ?? 0)} ${kind}`);
    const began = performance.now();
    while (moreThanBefore().length > 0 && performance.now() - began < PATIENCE_MS) await wait(20);
    expect(moreThanBefore()).toEqual([]);
  });
}
