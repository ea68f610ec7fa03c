import { DOUBTFUL } from '../report/busyMachine';
import { counted, duration, grouped, roundPercent, times } from '../report/format';
import { speedUpTo } from '../report/speedText';
import type { CapacityReport, FailedCalls } from './capacityReport';
import type { Sensitivity } from './sensitivity';

/** What people should know about the measurement before they trust it. */
export function notesOf(report: CapacityReport): string[] {
  const {
    warmUp,
    dropped,
    pauses,
    passes,
    sustainableSpeedRange: range,
    whatIf,
    source,
    untried,
    runQueueShare,
    errors = [],
  } = report;
  const notes: string[] = errors.map(errorNote);
  if (whatIf !== undefined) {
    notes.push(
      `What if: ${whatIf.changes.join(', ')}. As it was measured, it keeps up to ${speedUpTo(whatIf.measuredSpeed)}.`,
    );
  }
  if (range !== undefined) {
    notes.push(
      `${passes} passes: from ${speedUpTo(range[0])} to ${speedUpTo(range[1])}; ` +
        'the median is given, the curve is that of the pass in the middle.',
    );
  }
  notes.push(
    source.run === undefined
      ? `Measured in ${passes === 1 ? 'one replay' : `${passes} replays`} on one thread: ${work(report)}.`
      : `From the service times that run ${source.run} recorded: ${work(report)}.`,
  );
  const spread = passes === 1 ? spreadNote(report) : undefined;
  if (spread !== undefined) notes.push(spread);
  notes.push(
    warmUp === undefined
      ? 'No warm-up was found.'
      : `Warm-up: the first ${counted(warmUp.items, 'item')} (until ${warmUp.until}) took ` +
          `${duration(warmUp.meanMs)} each, those after them ${duration(warmUp.meanMsAfter)}. ` +
          'They are served with the times of the later ones.',
  );
  if (dropped !== undefined) {
    notes.push(
      `Inboxes dropped ${counted(dropped, 'item')}; each is served with the mean of its symbol and ` +
        'interval, so speeds are estimates.',
    );
  }
  if (runQueueShare !== null && runQueueShare > DOUBTFUL) {
    notes.push(
      `The machine was busy: the thread waited for a core for ${roundPercent(runQueueShare)} of its time, so ` +
        `service times are between ${roundPercent(1 - runQueueShare)} and 100 % of what was measured, and ` +
        'the curve is that of the slowest.',
    );
  }
  if (pauses !== undefined) {
    const { count, totalMs, maxMs, major, observedMs } = pauses;
    notes.push(
      count === 0
        ? 'No garbage was collected meanwhile.'
        : `Garbage collection: ${counted(count, 'pause')}, ${duration(totalMs)} together ` +
            `(${roundPercent(totalMs / observedMs)} of the replay), the longest ${duration(maxMs)}` +
            (major.count === 0
              ? '. '
              : `; ${grouped(major.count)} of the old generation, ${duration(major.totalMs)}. `) +
            'They are in the service times, as they would be live.',
    );
  }
  if (untried > 0) {
    notes.push(
      `What would help: tried for the most expensive of each kind; ${grouped(untried)} that took less were not.`,
    );
  }
  return notes;
}

/** What one pass does not say. */
function spreadNote(report: CapacityReport): string | undefined {
  const measure = report.source.run === undefined ? 'Measure' : 'Measure the tick files';
  if (isFast(report)) {
    return `Service times this short scatter by several times from run to run. ${measure} with --passes 5 to see by how much.`;
  }
  if (report.partsRange !== undefined || report.sustainableSpeed === Infinity) return undefined;
  return `One pass over so few bars does not say how far it scatters. ${measure} with --passes 5 to see it.`;
}

const errorNote = ({ strategy, calls, failed, first }: FailedCalls): string =>
  `Strategy ${strategy} failed on ${grouped(failed)} of ${counted(calls, 'call')}` +
  `${first === undefined ? '' : `, the first: ${first}`}. What a call costs that does its work is not known.`;

/** Below this, compilation, caches and timers decide: milliseconds of work for each bar, on average. */
const FAST = 0.05;

/** At the average speed, there is as much work as time. */
const isFast = ({ averageSpeed, span, counted: { items } }: CapacityReport): boolean => {
  const marketMs = Date.parse(span.to) - Date.parse(span.from);
  return items > 0 && marketMs / averageSpeed / items < FAST;
};

const work = ({ counted: { items, updates }, span }: CapacityReport): string =>
  `${counted(items, 'bar')} and ${counted(updates, 'cycle')} from ${span.from} to ${span.to}`;

/** A line of the list of what would help. */
export function gainCells(gain: Sensitivity, sustainableSpeed: number): string[] {
  const { kind, name, share, fasterSpeed, goneSpeed } = gain;
  return [
    `${kind} ${name}`,
    roundPercent(share),
    gained(fasterSpeed, sustainableSpeed),
    goneSpeed === undefined ? '-' : gained(goneSpeed, sustainableSpeed),
  ];
}

export const GAIN_HEAD = ['what', 'of all work', '20 % faster', 'gone'];

function gained(speed: number, before: number): string {
  const factor = speed / before;
  // As exact as the search for it.
  if (speed === before || Math.abs(factor - 1) < 0.001) return 'no change';
  return Number.isFinite(factor) ? `${speedUpTo(speed)} (${change(factor)})` : speedUpTo(speed);
}

const change = (factor: number): string =>
  factor >= 3 ? times(factor) : `${factor > 1 ? '+' : '-'}${roundPercent(Math.abs(factor - 1))}`;
