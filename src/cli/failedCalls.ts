import type { FailedCalls } from '../capacity/capacityReport';
import type { Report } from '../report';

/** Calls that failed, of all the passes together. */
export function failedCalls(reports: readonly Report[]): FailedCalls[] {
  const calls = new Map<string, FailedCalls>();
  for (const { stages } of reports) {
    for (const [strategy, found] of Object.entries(stages.analysis.strategies)) {
      const before = calls.get(strategy) ?? { strategy, calls: 0, failed: 0 };
      const { firstError: first = before.first } = found;
      calls.set(strategy, {
        strategy,
        calls: before.calls + Number(found.items),
        failed: before.failed + Number(found.errors),
        ...(first === undefined ? {} : { first }),
      });
    }
  }
  return [...calls.values()].filter(({ failed }) => failed > 0);
}
