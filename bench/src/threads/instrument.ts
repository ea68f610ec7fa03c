import type { StageName, ThreadInstrument, ThreadInstrumentFactory } from '../../../streams';
import { CopiedListsReader, CopiedListsWriter } from './copiedLists';
import type { CopiedLists } from './copiedLists';
import { appendTo, countNotReady } from './sharedCells';
import { loadOf } from './syntheticLoad';
import type { SyntheticLoad } from './syntheticLoad';

/** Instruments that benchmarks place inside the threads of a run. */
export interface InstrumentWork {
  /** Additional work of a stage per item. */
  readonly load?: Readonly<Partial<Record<StageName, SyntheticLoad>>>;
  /** Lists of bars that each hand-over carries through the ports. */
  readonly lists?: CopiedLists;
  /** By the stage that hands over: how many bars found the next stage's cell not ready. */
  readonly notReady?: Readonly<Partial<Record<StageName, SharedArrayBuffer>>>;
  /** Every service time, in order. */
  readonly times?: Readonly<Partial<Record<StageName, SharedArrayBuffer>>>;
}

/** Called in each thread. The ports lead to the stage before, where there is one, and to the one behind. */
export const instrument: ThreadInstrumentFactory<InstrumentWork> = (work, stage, ports) => {
  const { load, lists, notReady, times } = work;
  const from = stage === 'coordinator' ? undefined : ports[0];
  const to = stage === 'coordinator' ? ports[0] : ports[1];
  const reader =
    lists === undefined || from === undefined ? undefined : new CopiedListsReader(from);
  const stageLoad = load?.[stage];
  const spend = stageLoad === undefined ? () => undefined : loadOf(stageLoad);
  const cells = { notReady: notReady?.[stage], times: times?.[stage] };
  return {
    onItem: () => {
      reader?.read();
      spend();
    },
    ...(lists === undefined || to === undefined
      ? {}
      : onOutputTo(new CopiedListsWriter(to, lists))),
    ...(cells.notReady === undefined ? {} : { onHandOver: countNotReady(cells.notReady) }),
    ...(cells.times === undefined ? {} : { onServed: appendTo(cells.times) }),
  };
};

const onOutputTo = (writer: CopiedListsWriter): Pick<ThreadInstrument, 'onOutput'> => ({
  onOutput: (bar) => {
    writer.write(bar);
  },
});
