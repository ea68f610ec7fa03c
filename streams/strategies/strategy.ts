import type { Bar, Micros, Signal } from '../bars/bar';
import type { BarView } from '../bars/barView';
import type { Quote, Trade } from '../bars/tick';

/** What a strategy returns: the rest of the signal is known from the bar that woke it, unless it says otherwise. */
export type Advice = Pick<Signal, 'side'> & Partial<Omit<Signal, 'strategy' | 'side'>>;

export type StrategyAnswer = Advice | readonly Advice[] | undefined;

/** What a strategy can see when it is woken: all of it pinned to the bar that woke it. */
export interface StrategyContext {
  /** Market time: the end of the bar. */
  readonly time: Micros;
  /** Symbols with at least one base bar, in order of first appearance. */
  readonly symbols: readonly string[];
  /** The base interval first, then the derived ones, shortest first. */
  readonly intervals: readonly string[];
  /**
   * Bars up to now, without copying; of the waking bar's symbol and interval unless named. Empty for a
   * symbol that has not appeared; throws an `OptionError` for an interval that the run has not got.
   */
  readonly history: (symbol?: string, interval?: string) => BarView;
  /**
   * The best bid and ask up to now; of the waking bar's or tick's symbol unless named. Undefined where there
   * was no quote; throws an `OptionError` unless a strategy has `onQuote` or `needsQuotes`.
   */
  readonly quote: (symbol?: string) => Quote | undefined;
  /** The session that it is, of the calendar's, or the day where that has no sessions; undefined between sessions. */
  readonly session: Session | undefined;
  /** What clocks show at a time, now unless given, in a time zone: the calendar's unless given. */
  readonly localTime: (zone?: string, time?: Micros) => LocalTime;
  /** True in the history before the session, in which signals go nowhere. */
  readonly isLeadIn: boolean;
}

/** Trading hours, or a day where the calendar has no sessions: [start, end). */
export interface Session {
  readonly start: Micros;
  readonly end: Micros;
}

/** What clocks of a time zone show. */
export interface LocalTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  /** 1 for Monday to 7 for Sunday. */
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** Hears of complete bars, trades and quotes, one at a time and in order, and may say something about them. */
export interface Strategy {
  /** Shown in reports and carried by its signals. */
  readonly name: string;
  /** Which symbols wake it; all, unless given. */
  readonly symbols?: readonly string[];
  /** Which intervals wake it; all, the base too, unless given. */
  readonly intervals?: readonly string[];
  /** Quotes are kept for `context.quote`, also where no strategy has `onQuote`. */
  readonly needsQuotes?: boolean;
  /** False while it has not seen enough to be listened to: what it says then is passed over. */
  isWarm?(symbol: string, interval: string): boolean;
  /** A promise makes the stage wait: its real time is service time. Throwing is counted, and the run goes on. */
  onBar(bar: Bar, context: StrategyContext): StrategyAnswer | void | Promise<StrategyAnswer | void>;
  /**
   * Called with each trade, when it happened. Trades pass the stages as bars do: they are offered, counted and
   * served one by one. Nothing is spent on them where no strategy has this function.
   */
  onTrade?(
    trade: Trade,
    context: StrategyContext,
  ): StrategyAnswer | void | Promise<StrategyAnswer | void>;
  /** Called with each quote; see `onTrade`. */
  onQuote?(
    quote: Quote,
    context: StrategyContext,
  ): StrategyAnswer | void | Promise<StrategyAnswer | void>;
  /**
   * Called once an instant, with all bars of its symbols and intervals that ended then: base and derived
   * ones, after `onBar` was called with each. Where every tick is a bar, with one after another. Signals of
   * this and the following functions name their symbol.
   */
  onBars?(
    bars: readonly Bar[],
    context: StrategyContext,
  ): StrategyAnswer | void | Promise<StrategyAnswer | void>;
  /** Interval of market time at whose ends `onTimer` is called, `30s` or `1h`; they begin where bars of that length do. */
  readonly timer?: string;
  /** Called at the end of each `timer` interval, from the first row on, not between sessions. */
  onTimer?(
    time: Micros,
    context: StrategyContext,
  ): StrategyAnswer | void | Promise<StrategyAnswer | void>;
  /** Called when a session of the calendar begins of which there are rows, before these. */
  onSessionStart?(
    session: Session,
    context: StrategyContext,
  ): StrategyAnswer | void | Promise<StrategyAnswer | void>;
  /** Called when a session ends of which there were rows, and the run goes on until then. */
  onSessionEnd?(
    session: Session,
    context: StrategyContext,
  ): StrategyAnswer | void | Promise<StrategyAnswer | void>;
  /** Called once, before everything else. */
  onStart?(context: StrategyContext): StrategyAnswer | void | Promise<StrategyAnswer | void>;
  /** Called once, when the sources have ended; not where the run is stopped or fails. */
  onEnd?(context: StrategyContext): StrategyAnswer | void | Promise<StrategyAnswer | void>;
}

/** Makes a strategy with its own state for each run. */
export type StrategyFactory = () => Strategy;
