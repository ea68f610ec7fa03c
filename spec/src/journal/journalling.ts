/** Journals as fast as it can, so many events, and stays until it is killed; prints the number of each event that is safe. */
import { writeSync } from 'node:fs';
import { Subject } from 'rxjs';
import { record } from '../../../src/journal/record';
import type { PipelineEvent } from '../../../streams/events';
import { eventAt } from './eventAt';

const [path = '', directory = '', most = ''] = process.argv.slice(2);
const events$ = new Subject<PipelineEvent>();
record(
  { id: 'run-1', events$, hold: () => () => undefined },
  {
    path,
    directory,
    flushed: (seq) => {
      writeSync(1, `${seq}\n`);
    },
  },
);
let seq = 0;
const go = (): void => {
  for (let i = 0; i < 100; i += 1) events$.next(eventAt((seq += 1)));
  setTimeout(go, seq < Number(most) ? 0 : 60_000);
};
go();
