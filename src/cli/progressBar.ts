import type { Observable } from 'rxjs';
import { finalize, throttleTime } from 'rxjs';
import { initialState } from '../metrics';
import type { MetricsState } from '../metrics';
import type { Out } from './io';
import { progressLine, scanLine } from './progressLine';
import { requireOptional } from '../../streams/optionalPackage';

/** Milliseconds from one look to the next. */
const LIVELY = 100;

/** What stands on a terminal's last line while a run goes on. */
interface ProgressBar {
  /** Writes a line above it. */
  readonly above: (line: string) => void;
  readonly close: () => void;
}

/**
 * Market time, share of the input, bars a second, both counters, on a terminal; before there are any,
 * how many rows `scanned` says were read.
 */
export function progressBar(
  metrics$: Observable<MetricsState>,
  out: Out,
  scanned: () => number,
): ProgressBar {
  const { SingleBar } = requireOptional(
    'cli-progress',
    'The progress bar',
    () => require('cli-progress') as typeof import('cli-progress'),
  );
  let state = initialState;
  let rate = 0;
  const bar = new SingleBar({
    stream: out,
    clearOnComplete: true,
    hideCursor: true,
    forceRedraw: true,
    format: () =>
      isScanning(state) && scanned() > 0
        ? scanLine(scanned())
        : progressLine(state, rate, (out.columns ?? 80) - 1),
  });
  const rateOf = barsPerSecond();
  bar.start(1, 0);
  const scanning = setInterval(() => {
    if (isScanning(state)) bar.update(0);
    else clearInterval(scanning);
  }, LIVELY);
  const watching = metrics$
    .pipe(
      throttleTime(LIVELY, undefined, { leading: true, trailing: true }),
      finalize(() => {
        clearInterval(scanning);
        bar.stop();
      }),
    )
    .subscribe({
      next: (next) => {
        state = next;
        rate = rateOf(next);
        bar.update(next.market.progress);
      },
      // The run's own end says it.
      error: () => undefined,
    });
  return {
    above: (text) => {
      out.write(`\r\u001b[K${text}\n`);
    },
    close: () => {
      watching.unsubscribe();
    },
  };
}

/** Nothing was handed out yet. */
const isScanning = ({ market }: MetricsState): boolean => market.time === undefined;

/** Bars that the processor finished a second of real time, since the look before. */
function barsPerSecond(): (state: MetricsState) => number {
  let then = performance.now();
  let before = 0n;
  let rate = 0;
  return ({ stages }) => {
    const now = performance.now();
    const count = stages.processor.items;
    if (now - then >= LIVELY) {
      rate = (Number(count - before) * 1000) / (now - then);
      then = now;
      before = count;
    }
    return rate;
  };
}
