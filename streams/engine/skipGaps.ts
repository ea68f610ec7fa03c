import type { PaceOptions } from '../../operators';
import type { WorkMailbox } from '../../operators/kernel/mailbox';
import type { Item } from '../bars/item';
import { parseInterval } from '../bars/interval';
import type { PipelineEvent } from '../events';
import type { PipelineOptions } from '../pipelineOptions';

interface SkipParts {
  readonly options: PipelineOptions;
  readonly mailbox: WorkMailbox;
  readonly now: () => number;
  readonly emit: (event: PipelineEvent) => void;
}

/** Ticks have no length; so much of a gap is left before the first one behind it. */
const BEFORE_TICK = 1_000;

/** How the coordinator passes over nights and weekends: one base interval of a gap is left, so that nothing bursts. */
export function skipGapsOf(parts: SkipParts): PaceOptions<Item>['skipGaps'] {
  const { skipGaps, bars = '1m' } = parts.options;
  if (skipGaps === undefined) return undefined;
  const left = parseInterval(bars).length / 1_000 || BEFORE_TICK;
  return {
    longest: parseInterval(skipGaps, 'skipGaps').length / 1_000,
    left,
    onSkip: (from, to) => {
      const event = {
        type: 'skipped',
        at: parts.now(),
        from: Math.round(from * 1_000),
        to: Math.round(to * 1_000),
      } as const;
      parts.mailbox.run(() => {
        parts.emit(event);
      });
    },
  };
}
