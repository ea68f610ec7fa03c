import type { Observable, Subscription } from 'rxjs';
import { finalize, throttleTime } from 'rxjs';
import type { MetricsState } from '../metrics';
import { renderLine } from '../report';
import { widthOf } from './io';
import type { Out } from './io';

const LIVELY = 100;
const BAR = 20;

/** What stands on a terminal's last line while a run goes on. */
export interface ProgressBar {
  /** Writes a line above it. */
  readonly above: (line: string) => void;
  readonly close: () => void;
}

/** Market time, share of the input, bars a second, both counters, on a terminal. */
export async function progressBar(
  metrics$: Observable<MetricsState>,
  out: Out,
): Promise<ProgressBar> {
  const { SingleBar } = (await import('cli-progress')).default;
  let line = '';
  let share = 0;
  const bar = new SingleBar({
    stream: out,
    barsize: BAR,
    clearOnComplete: true,
    hideCursor: true,
    forceRedraw: true,
    format: (options, { progress }) => {
      const done = Math.round(progress * BAR);
      const drawn = '█'.repeat(done) + '░'.repeat(BAR - done);
      return `${drawn} ${line}`.slice(0, widthOf(out) - 1);
    },
  });
  bar.start(1, 0);
  const rate = barsPerSecond();
  const watching: Subscription = metrics$
    .pipe(
      throttleTime(LIVELY, undefined, { leading: true, trailing: true }),
      finalize(() => {
        bar.stop();
      }),
    )
    .subscribe({
      next: (state) => {
        share = state.market.progress;
        line = `${renderLine(state)} | ${rate(state)} bars/s`;
        bar.update(share);
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

/** Base and derived bars a second of real time, since the look before. */
function barsPerSecond(): (state: MetricsState) => string {
  let then = performance.now();
  let before = 0n;
  let shown = '0';
  return ({ bars }) => {
    const now = performance.now();
    const count = bars.base + bars.derived;
    if (now - then >= LIVELY) {
      shown = Math.round((Number(count - before) * 1000) / (now - then)).toLocaleString('en-US');
      then = now;
      before = count;
    }
    return shown;
  };
}
