import type { FollowedJournal } from './followJournal';
import { headOf } from './moment';
import type { Series } from './protocol';
import { seriesOf } from './series';

/** The latest state and the columns that lead to it, as JSON: made once, however many pages get it. */
export class LatestUpdate {
  readonly #journal: FollowedJournal;
  #head = { seq: -1, liveness: '', text: '' };
  #series = { version: -1, first: -1, text: '' };

  constructor(journal: FollowedJournal) {
    this.#journal = journal;
  }

  /** The latest moment. */
  head(): string {
    const { liveness } = this.#journal;
    const { seq } = this.#journal.timeline;
    if (this.#head.seq !== seq || this.#head.liveness !== liveness) {
      this.#head = { seq, liveness, text: JSON.stringify(headOf(this.#journal)) };
    }
    return this.#head.text;
  }

  /** An `Update` for a page that has seen the first `changes` changes. */
  since(changes: number): string {
    const { timeline, read } = this.#journal;
    const { version } = timeline;
    const first = timeline.changedSince(changes);
    if (this.#series.version !== version || this.#series.first !== first) {
      const series: Series = seriesOf(timeline.marks, first);
      this.#series = { version, first, text: JSON.stringify(series) };
    }
    return `{"read":${read},"series":${this.#series.text},"head":${this.head()}}`;
  }
}
