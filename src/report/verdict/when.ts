import type { MinuteEvidence } from '../../../streams/events';
import { named } from '../../../streams/topology';
import { edgeIn } from '../../metrics';
import type { Micros } from '../../../streams';
import type { EvidenceState, MetricsState } from '../../metrics';
import { highMinutes } from './accused';
import type { Accused } from './accused';
import type { When } from './verdictSchema';

const MINUTE: Micros = 60_000_000;
/** Ranges that are worth a line. */
const SHOWN = 5;

interface Range {
  readonly from: Micros;
  readonly to: Micros;
  readonly behind: number;
  readonly deliveries: number;
}

function rangesOf({ ranges, openRange, minutes, openMinute }: EvidenceState): readonly Range[] {
  const all = openRange === undefined ? ranges : [...ranges, openRange];
  // In no minute did waits rise: what there is, is within minutes.
  if (all.length > 0) return all;
  return joined(openMinute === undefined ? minutes : [...minutes, openMinute]);
}

/** Neighboring minutes as one range. */
function joined(minutes: readonly MinuteEvidence[]): readonly Range[] {
  const ranges: Range[] = [];
  for (const { to, behind, deliveries } of [...minutes].sort((a, b) => a.to - b.to)) {
    if (behind === 0) continue;
    const before = ranges.at(-1);
    if (before?.to === to - MINUTE) {
      ranges[ranges.length - 1] = {
        from: before.from,
        to,
        behind: before.behind + behind,
        deliveries: before.deliveries + deliveries,
      };
    } else ranges.push({ from: to - MINUTE, to, behind, deliveries });
  }
  return ranges;
}

/** Ranges of which minutes grade high, where only minutes do. */
function inMinutes(ranges: readonly Range[], high: readonly MinuteEvidence[]): readonly Range[] {
  const within = ranges.filter(({ from, to }) =>
    high.some((minute) => minute.to > from && minute.to <= to),
  );
  return within.length > 0 ? within : joined(high);
}

/** The market minutes with most *behind* events, most first. */
export function whenOf(state: MetricsState, { edges, scope }: Accused): readonly When[] {
  return edges
    .flatMap((name) => {
      const edge = edgeIn(state.topology, name);
      const ranges = rangesOf(named(state.evidence, edge.consumer));
      const shown = scope === 'minutes' ? inMinutes(ranges, highMinutes(state, edge)) : ranges;
      return shown.map((range) => ({ edge: name, range }));
    })
    .sort((a, b) => b.range.behind - a.range.behind || a.range.from - b.range.from)
    .slice(0, SHOWN)
    .map(({ edge, range: { from, to, behind, deliveries } }) => ({
      from,
      to,
      edge,
      behind: String(behind),
      share: deliveries === 0 ? 0 : behind / deliveries,
    }));
}
