import { largestOf } from '../../../operators/kernel/extremes';
import type { MetricsState } from '../../metrics';
import { counted, roundPercent } from '../format';
import { sharesOf } from '../grades';

/** Nobody is accused: what there was all the same. */
export function calmText(state: MetricsState): string {
  const all = Object.values(state.edges);
  if (all.every(({ delivered }) => delivered === 0n)) return 'Nothing was delivered yet.';
  const events = all.reduce((sum, edge) => sum + edge.backpressure, 0n);
  const behind = all.reduce((sum, edge) => sum + edge.behind, 0n);
  if (events === 0n) return 'Every stage kept up: each item found its consumer ready.';
  if (behind === 0n) {
    return (
      `Every stage kept up: ${counted(events, 'event')} came in bursts of items due at one ` +
      'instant, and nothing fell behind.'
    );
  }
  const most = largestOf(Object.keys(state.edges).map((edge) => sharesOf(edge, state).behindShare));
  return `Every stage kept up: at most ${roundPercent(most)} of the items of an edge fell behind.`;
}
