import type { Micros } from '../bars/bar';

/** Something that happened to a feed, other than rows. `at` is the receive time. */
export type FeedNote =
  | { readonly type: 'connected'; readonly source: string; readonly at: Micros }
  | {
      readonly type: 'disconnected';
      readonly source: string;
      readonly at: Micros;
      readonly reason: string;
    }
  /** Ids `from` to `to` of a symbol never came. */
  | {
      readonly type: 'gap';
      readonly source: string;
      readonly at: Micros;
      readonly symbol: string;
      readonly missing: number;
      readonly from: number;
      readonly to: number;
    }
  /** The difference between the source's clock and the local one jumped, in microseconds. */
  | {
      readonly type: 'skew';
      readonly source: string;
      readonly at: Micros;
      readonly from: Micros;
      readonly to: Micros;
    }
  /** The recording ended before the run did. */
  | { readonly type: 'unrecorded'; readonly at: Micros; readonly reason: string };
