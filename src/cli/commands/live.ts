import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Option } from 'commander';
import type { Command } from 'commander';
import { live } from '../../live';
import type { LiveOptions } from '../../liveOptions';
import { findRun, readTimings, recordedServiceTimes, timingsPathOf } from '../../journal';
import { newRunId } from '../../replay';
import type { Call, CommandModule } from '../command';
import { measureRun } from '../measureRun';
import { withCalendar } from '../options/calendar';
import { strategiesHelp, withMeasuring } from '../options/measuring';
import { withNatsAccess } from '../options/nats';
import { given } from '../options/readOptions';
import { directoryFor } from '../runArgument';
import { sharePartition, withBacklog } from '../natsFeeds';
import { journalFileOf } from '../recordRun';
import { terminalText } from '../../report/terminalText';
import { UsageError } from '../usageError';
import { feedOf, readLiveOptions } from './liveOptions';
import type { LiveRequest } from './liveOptions';
import { readReplayOptions } from './replayOptions';

const append = (value: string, before: readonly string[] = []): string[] => [...before, value];

const withFeeds = (command: Command): Command =>
  command
    .argument(
      '<feeds...>',
      'VENUE:SYMBOL@CHANNEL,…, ws://, wss:// or nats:// addresses, -, or a recording',
    )
    .option(
      '--format <name>',
      'format of the frames: binance-frames, coinbase-frames, kraken-frames or ticks',
    )
    .option('--subscribe <text>', 'text to send after each connection; repeatable', append)
    .option('--url <address>', "address to connect to instead of the venue's own, e.g. a proxy's")
    .option('--price <price>', 'quotes instead of trades, by this price: mid, bid or ask')
    .option(
      '--grace <time>',
      'how long a window stays open after its end, e.g. 250ms (default: 250ms)',
    )
    .option(
      '--stale <time>',
      'how long without a frame until a feed is connected anew (default: 30s)',
    )
    .option('--ingress <rows>', 'how many rows may wait for the coordinator (default: 65536)')
    .option(
      '--ingress-overflow <policy>',
      'policy for one row more: drop-oldest, drop-latest, conflate (quotes) or error (default: drop-oldest)',
    )
    .option(
      '--record <file>',
      'recording of the session, or none (default: RUN.frames.gz beside the journal)',
    )
    .option(
      '--history <files...>',
      'files that come before the feed; recorded frames go over by id',
    )
    .option(
      '--publish <url>',
      'publish the rows through NATS JetStream for other runs, e.g. nats://localhost:4222/rows',
    )
    .option(
      '--backlog',
      'of nats:// feeds: rows that were published before come first, as a history',
    )
    .option('--for <time>', 'length of the session, e.g. 1h')
    .option('--until <time>', 'end of the session: ISO time or epoch number')
    .option(
      '--bad-rows <what>',
      'skip and count frames that cannot be read, or stop at the first',
      'skip',
    );

const withBars = (command: Command): Command =>
  command
    .option('--bars <interval>', 'base bars, such as 1s or 1m; tick: every tick is one', '1m')
    .option('--derive <list>', 'derived intervals, multiples of the base: 5m,15m', append)
    .option(
      '--strategy <name|path>',
      'NAME[:k=v,…] or PATH[:k=v,…] of a module; repeatable',
      append,
    )
    .option('--time <time>', 'wall, unless given; simulated: of recordings only', 'wall')
    .option(
      '--service-times <run>',
      'in simulated time: let each item take what it took in a run, e.g. the recorded session itself',
    )
    .option('--threads', 'run processor and analysis in separate threads')
    .option(
      '--stage-timeout <seconds>',
      'longest time that a stage may take for one item before the run fails (default: 60)',
    )
    // Refused with a reason, so that nobody looks for them.
    .addOption(new Option('--mode <mode>').hideHelp())
    .addOption(new Option('--speed <factor>').hideHelp());

function define(command: Command): void {
  withNatsAccess(withMeasuring(withCalendar(withBars(withFeeds(command)))))
    .addHelpText('after', strategiesHelp)
    .addHelpText('after', HELP);
}

const HELP = `
Ctrl-C ends the feeds, and the run when what they delivered is through; twice: at once.

Examples:
  barometer live binance:btcusdt@trade,ethusdt@trade --bars 1s --strategy sma-cross
  barometer live ws://localhost:8080/feed --format ticks --for 1h --json
  websocat wss://example.org/feed | barometer live - --format binance-frames
  barometer live .barometer/RUN.frames.gz --time simulated --service-times RUN
  barometer live binance:btcusdt@trade,ethusdt@trade --publish nats://localhost:4222/rows
  barometer live nats://localhost:4222/rows.BTCUSDT --strategy sma-cross`;

async function run({ args, options, io }: Call): Promise<number> {
  const request = readReplayOptions(options);
  const feedRequest = readLiveOptions(options);
  const { format, price } = request.files;
  const asked = args.map((text) => feedOf(text, feedRequest, { format, price }));
  const {
    feeds,
    files: backlog,
    discard,
  } = feedRequest.backlog
    ? await withBacklog(asked)
    : { feeds: asked, files: [], discard: () => undefined };
  const history = [...backlog, ...feedRequest.history];
  let endSharing: (() => Promise<void>) | undefined;
  const recordings = feeds.flatMap((feed) => (feed.kind === 'recording' ? [feed.path] : []));
  const serviceTimes = recordedTimesOf(feedRequest, request.run.time, io);
  const id = newRunId();
  const isRecording = recordings.length > 0;
  const record = isRecording
    ? feedRequest.record
    : recordPathOf(feedRequest, request.journal, id, io);
  const files = {
    inputs: [...recordings, ...feedRequest.history],
    outputs: record === undefined ? [] : [record],
    isLive: true,
    command: 'live',
    args,
  };
  const opened = async (parts: Parameters<Parameters<typeof measureRun>[3]>[0]) => {
    const { badRows } = request.files;
    const running = live(feeds, {
      ...(request.run as LiveOptions),
      ...parts,
      ...given({
        grace: feedRequest.grace,
        stale: feedRequest.stale,
        duration: feedRequest.duration,
        until: feedRequest.until,
        ingress: feedRequest.ingress,
        ingressOverflow: feedRequest.ingressOverflow,
        badRows,
        historyFiles: history.length === 0 ? undefined : history,
        record,
        serviceTimes,
        publish: feedRequest.publish,
        publishAccess: feedRequest.access,
      }),
      id,
    });
    running.events$.subscribe({
      next: (event) => {
        if (event.type !== 'unrecorded') return;
        io.stderr.write(`barometer: the recording has ended: ${terminalText(event.reason)}\n`);
      },
      error: () => undefined,
    });
    endSharing = await sharePartition(feeds, feedRequest.access, running);
    return { running, sources: [], stopsTwice: !isRecording };
  };
  try {
    return await measureRun(request, files, io, opened);
  } finally {
    await endSharing?.();
    discard();
  }
}

/** What each item took in the run that was named. */
function recordedTimesOf(
  { serviceTimes: run }: LiveRequest,
  time: string | undefined,
  io: Call['io'],
): LiveOptions['serviceTimes'] {
  if (run === undefined) return undefined;
  if (time !== 'simulated') {
    throw new UsageError('--service-times: is for recordings with --time simulated');
  }
  return recordedServiceTimes(readTimings(timingsPathOf(findRun(run, directoryFor(io)))));
}

/** The file that the session is recorded in, unless that is `none`. */
function recordPathOf(
  { record }: LiveRequest,
  journal: string | undefined,
  id: string,
  io: Call['io'],
): string | undefined {
  if (record === 'none') return undefined;
  if (record !== undefined) {
    if (existsSync(record)) {
      throw new UsageError(`--record ${record}: exists already; a recording takes no file's place`);
    }
    return record;
  }
  if (journal === 'none') return undefined;
  const beside = journalFileOf(journal, id, io);
  try {
    mkdirSync(dirname(beside), { recursive: true });
  } catch {
    // The recording cannot be opened then, and says why.
  }
  return `${beside.replace(/\.ndjson$/, '')}.frames.gz`;
}

export const liveCommand: CommandModule = { define, run };
