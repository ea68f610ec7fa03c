import { copyFileSync } from 'node:fs';
import { recordedWork } from '../../../src/capacity/recorded';
import { foldJournal, JournalError, record, TimingRecorder } from '../../../src/journal';
import type { FoldedJournal } from '../../../src/journal';
import { replay } from '../../../src/replay';
import { fromBars } from '../../../streams/sources';
import { folder, minute } from '../journal/given';
import { minutes } from './given';

const path = folder();

/** A run of five minutes at speed 60, each of which takes the processor 3 ms. */
async function run(name: string, timed: boolean): Promise<FoldedJournal> {
  const timings = timed ? new TimingRecorder() : undefined;
  const running = replay(fromBars(minutes(['SPY'], 5), { interval: 60_000_000 }), {
    speed: 60,
    serviceTimes: { processor: 3, analysis: 0 },
    ...(timings === undefined ? {} : { itemMeter: timings }),
  });
  const directory = path(name);
  const recording = record(running, {
    directory,
    ...(timings === undefined ? {} : { timings }),
  });
  await running.start().done;
  return foldJournal((await recording.closed).path);
}

describe('the work that was recorded', () => {
  it('is what lies beside the journal, and starts when its clock did', async () => {
    const { timings, origin } = recordedWork(await run('timed', true));
    expect(new Set(timings.items.service)).toEqual(new Set([3]));
    expect(origin).toBe(minute(0));
  });

  it('is missed by name where nothing was recorded, with what to do', async () => {
    const untimed = await run('untimed', false);
    const wanted = (): unknown => recordedWork(untimed);
    expect(wanted).toThrow(JournalError);
    expect(wanted).toThrow(`of run ${untimed.header.run}. Replay `);
    expect(wanted).toThrow('--no-record-timings');
  });

  it('of another run is refused', async () => {
    const [one, other] = [await run('one', true), await run('other', true)];
    const beside = ({ path: journal }: FoldedJournal): string =>
      journal.replace(/\.ndjson(\.gz)?$/, '.timings');
    copyFileSync(beside(other), beside(one));
    expect(() => recordedWork(one)).toThrow(
      `service times of run ${other.header.run}, beside the journal of run ${one.header.run}`,
    );
  });
});
