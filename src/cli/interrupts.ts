import { EXIT } from './exitCodes';
import type { Io } from './io';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

export interface Interrupts {
  /** Whether somebody has asked to stop. */
  readonly asked: boolean;
  /** What stops cleanly; until this is known, the first signal ends the process. */
  readonly stopWith: (stop: () => void) => void;
  /** Stops listening. */
  readonly close: () => void;
}

/** The first Ctrl-C stops cleanly, the second one exits at once. */
export function interrupts({ signals, exit }: Io): Interrupts {
  let stop: (() => void) | undefined;
  let asked = false;
  const hear = (): void => {
    if (asked || stop === undefined) {
      exit(EXIT.interrupted);
      return;
    }
    asked = true;
    stop();
  };
  for (const signal of SIGNALS) signals.on(signal, hear);
  return {
    get asked() {
      return asked;
    },
    stopWith(stops) {
      stop = stops;
    },
    close() {
      for (const signal of SIGNALS) signals.off(signal, hear);
    },
  };
}
