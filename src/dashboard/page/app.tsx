import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { Comparison, RunInfo, Series, Update } from '../protocol';
import { hashOf, otherIn, placeIn } from './address';
import type { Place } from './address';
import { CapacityPanel } from './capacityPanel';
import { Charts } from './charts';
import { ComparePanel } from './comparePanel';
import { Controls } from './controls';
import { FeedPanel } from './feedPanel';
import { FlowPanel } from './flowPanel';
import { isoText, percent } from './format';
import { HeatPanel, WorkPanel } from './heatPanel';
import { MembersPanel } from './membersPanel';
import { useMoment } from './momentCache';
import type { WindowKey } from './momentCache';
import { joined, NO_SERIES } from './series';
import type { Source } from './source';
import { TablesPanel } from './tablesPanel';
import { VerdictPanel } from './verdictPanel';

interface AppProps {
  readonly source: Source;
  readonly info: RunInfo;
}

const STATES: Readonly<Record<string, string>> = {
  done: 'finished',
  stopped: 'stopped before its end',
  interrupted: 'interrupted: its process is gone',
};

/** Milliseconds after the last move until the address follows. */
const SETTLED = 300;

const windowBy = (column: readonly number[], limit: number): number =>
  Math.max(
    0,
    column.findLastIndex((each) => each <= limit),
  );

/** The last window that ends by the place in the address, or the end of the run. */
function indexOf({ to, seq }: Series, { at, event }: Place): number {
  if (at !== undefined) return windowBy(to, at);
  return event === undefined ? to.length : windowBy(seq, event);
}

/** What is requested of a window: it changes while stages are still to end it. */
const windowAt = ({ to, seq }: Series, index: number | undefined): WindowKey | undefined => {
  const [at, last] = index === undefined ? [] : [to[index], seq[index]];
  return at === undefined || last === undefined ? undefined : { at, seq: last };
};

/** The page: one run, one axis of market time, one moment of it. */
export function App({ source, info }: AppProps) {
  const [update, setUpdate] = useState<Update>();
  const [series, setSeries] = useState<Series>(NO_SERIES);
  const [isLost, setLost] = useState(false);
  const [place, setPlace] = useState(() => placeIn(location.hash));
  const [other, setOther] = useState(() => otherIn(location.search));
  const [comparison, setComparison] = useState<Comparison>();

  useEffect(() => {
    let frame: number | undefined;
    let latest: Update | undefined;
    let columns = NO_SERIES;
    source.follow((next) => {
      latest = next;
      columns = joined(columns, next.series);
      // A page that is slower than its updates shows the latest one.
      frame ??= requestAnimationFrame(() => {
        frame = undefined;
        setUpdate(latest);
        setSeries(columns);
      });
    }, setLost);
    const onHash = (): void => {
      setPlace(placeIn(location.hash));
    };
    addEventListener('hashchange', onHash);
    return () => {
      removeEventListener('hashchange', onHash);
    };
  }, [source]);

  const last = series.to.length;
  const index = indexOf(series, place);
  const isAtEnd = index >= last;
  const goTo = useCallback(
    (to: number): void => {
      setPlace(({ from }) => {
        const at = to >= series.to.length ? undefined : series.to[to];
        return { ...(at === undefined ? {} : { at }), ...(from === undefined ? {} : { from }) };
      });
    },
    [series],
  );
  useEffect(() => {
    const timer = setTimeout(() => {
      const address = `${location.pathname}${location.search}${hashOf(place)}`;
      history.replaceState(null, '', address);
    }, SETTLED);
    return () => {
      clearTimeout(timer);
    };
  }, [place]);

  const found = useMoment(source, isAtEnd ? undefined : windowAt(series, index));
  const fromIndex = place.from === undefined ? undefined : windowBy(series.to, place.from);
  const from = useMoment(source, windowAt(series, fromIndex));
  const moment = isAtEnd ? update?.head : (found ?? update?.head);
  const span = useMemo(() => {
    if (moment === undefined) return undefined;
    if (from === undefined || from === moment || fromIndex === undefined) return { to: moment };
    return fromIndex < index ? { from, to: moment } : { from: moment, to: from };
  }, [from, moment, fromIndex, index]);

  const onSpan = (first: number, second: number): void => {
    const [at, start] = [series.to[second], series.to[first]];
    if (at !== undefined && start !== undefined) setPlace({ at, from: start });
  };

  // Its cells are drawn anew only when there is more to draw.
  const heat = useMemo(
    () => <HeatPanel source={source} info={info} windows={last} />,
    [source, info, last],
  );

  if (moment === undefined || span === undefined || update === undefined) {
    return <p class="loading">Reading the journal…</p>;
  }
  const { state, error } = update.head;
  const isRunning = state === 'running' || state === 'paused';
  const moments =
    span.from === undefined ? '' : ` (span from ${isoText(span.from.marketTime ?? '')})`;
  const text =
    `${isAtEnd ? (isRunning ? 'latest' : 'end') : `window ${index + 1} of ${last}`}, ` +
    `market time ${moment.marketTime === undefined ? 'not begun' : isoText(moment.marketTime)}, ` +
    `event ${moment.seq}${moments}`;
  return (
    <>
      <header>
        <h1>
          Barometer <small>{info.id}</small>
        </h1>
        <p role="status">
          <span class={`state ${state}`} data-state={state}>
            {STATES[state] ?? state}
          </span>
          {error !== undefined && `: ${error}`}
          {isRunning && `, ${percent(update.head.progress)} of the input`}
          {update.read < 1 && `, ${percent(update.read)} of the journal read`}
          {isLost && ', no connection to the dashboard'}
        </p>
        <p class="files">
          {moment.report.run.mergedOf !== undefined &&
            `merged of ${moment.report.run.mergedOf} runs, each a pipeline with its own stages; `}
          {moment.report.run.mode === 'clock'
            ? `clock-driven at speed ${moment.report.run.speed}`
            : 'data-driven'}
          {moment.report.run.time === 'wall' ? ', wall clock' : ', simulated time'}:{' '}
          {moment.report.run.files.join(', ')}
        </p>
      </header>
      <main data-seq={moment.seq} data-at={moment.at ?? 'end'}>
        <Controls
          index={index}
          last={last}
          text={text}
          isRunning={isRunning}
          hasSpan={place.from !== undefined}
          onIndex={goTo}
          onSpanStart={() => {
            const start = series.to[Math.min(index, last - 1)];
            if (start !== undefined) setPlace({ ...place, from: start });
          }}
          onSpanClear={() => {
            setPlace(({ from: _from, ...rest }) => rest);
          }}
        />
        <VerdictPanel info={info} moment={moment} />
        <FlowPanel info={info} span={span} />
        <Charts
          info={info}
          series={series}
          index={index}
          span={
            fromIndex === undefined
              ? undefined
              : [Math.max(0, fromIndex), Math.min(index, last - 1)]
          }
          comparison={comparison}
          onPick={goTo}
          onSpan={onSpan}
        />
        {heat}
        <WorkPanel span={span} />
        {moment.members !== undefined && <MembersPanel members={moment.members} />}
        <div class="tables">
          <TablesPanel info={info} span={span} />
        </div>
        <FeedPanel feed={moment.report.feed} links={moment.feeds} />
        {(info.hasTimings || source.isStatic) && !isRunning && (
          <CapacityPanel source={source} info={info} />
        )}
        <ComparePanel
          source={source}
          info={info}
          other={source.isStatic ? 'embedded' : other}
          onOther={(run) => {
            setOther(run);
            const search = run === undefined ? '' : `?with=${encodeURIComponent(run)}`;
            history.replaceState(null, '', `${location.pathname}${search}${location.hash}`);
          }}
          onComparison={setComparison}
        />
      </main>
      <footer>
        <p>
          <kbd>←</kbd> <kbd>→</kbd> one window, <kbd>Home</kbd> <kbd>End</kbd> first and last,{' '}
          <kbd>p</kbd> play, <kbd>[</kbd> begin a span, <kbd>Esc</kbd> clear it. Times are UTC.
          Barometer {info.version}.
        </p>
      </footer>
    </>
  );
}
