import type { MetricsState } from '../../metrics';
import { duration, milliseconds, roundPercent } from '../format';
import { THRESHOLDS } from '../grades';
import { scheduleLagShare } from '../scheduleLag';

/** Share of releases that the coordinator itself made late from which it is responsible: the first edge's medium. */
const LATE = THRESHOLDS['coordinator-processor'].medium;

/** A lag of the machine's making is short; one that grows is a part of the run's time. */
const OF_THE_RUN = 0.2;

/** What the coordinator is accused of; undefined where it kept to its schedule. */
export function coordinatorLag(state: MetricsState): string | undefined {
  const share = scheduleLagShare(state);
  const { configuration } = state.run;
  if (configuration?.time !== 'wall' || share < LATE) return undefined;
  if (state.trailing.maxMs < OF_THE_RUN * state.at) return undefined;
  const limit = configuration.bars === 'tick' ? '10 ms' : `one ${configuration.bars} bar`;
  return (
    `Coordinator slower than the clock: by its own work, ${roundPercent(share)} of the releases ` +
    `left more than ${limit} after they were due, up to ${duration(state.trailing.maxMs)}.${spentText(state)}`
  );
}

/**
 * With threads, items are received and handed over beside the services. Where that takes more than
 * these, a separate thread is not worth it for a stage.
 */
export function handOverText({ run, handOverMs, threadMs, stages }: MetricsState): string {
  const items = Number(stages.processor.items + stages.analysis.items);
  const servicesMs = stages.processor.totalMs + stages.analysis.totalMs;
  const allMs = handOverMs + (threadMs.releasing ?? 0);
  if ((run.configuration?.threads ?? 1) === 1 || items === 0 || allMs <= servicesMs) return '';
  return (
    `Handing items over between threads took ${milliseconds(allMs / items)} an item, more than the ` +
    `${milliseconds(servicesMs / items)} that the stages took: with one thread the run may be faster.`
  );
}

const OWN_PARTS = {
  reading: 'reading the source',
  building: 'building bars',
  releasing: 'releasing and handing over',
  counting: 'counting',
} as const;
type OwnPart = keyof typeof OWN_PARTS;

/** What the coordinator itself does, as shares of the run's time, most first; nothing where it was not measured. */
export function ownParts({ threadMs, stages }: MetricsState): { part: OwnPart; share: number }[] {
  const { spanMs } = stages.coordinator.spent;
  return (Object.keys(OWN_PARTS) as OwnPart[])
    .map((part) => ({ part, share: spanMs > 0 ? (threadMs[part] ?? 0) / spanMs : 0 }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share);
}

function spentText(state: MetricsState): string {
  const parts = ownParts(state)
    .slice(0, 2)
    .map(({ part, share }) => `${OWN_PARTS[part]} (${roundPercent(share)})`);
  return parts.length === 0
    ? ''
    : ` Its thread spent most of the coordinator's time on ${parts.join(' and ')}.`;
}
