import type { Observable } from 'rxjs';
import type { TestScheduler } from 'rxjs/testing';
import type { EdgeEvent } from '../../operators';
import type { Bar, Signal } from '../../streams';
import type { MarbleBar } from './barsOf';
import { compareMarbles } from './compareMarbles';
import { compareMoments } from './compareMoments';
import type { Vocabulary } from './compareMarbles';
import { compareSubscriptions, parseSubscriptions } from './compareSubscriptions';
import type { SubscriptionLogs } from './compareSubscriptions';
import { compareCounts, countsOf } from './counts';
import type { Counts } from './counts';
import { handOvers } from './handOvers';
import { siteOf, verdictOn } from './failures';
import type { Expectation } from './failures';
import type { Ending } from './marbleReplay';
import { parse } from './parse';
import { recorded } from './recording';
import type { Moment, Recording } from './recording';
import {
  barLetters,
  exactly,
  handOverLetters,
  parseIn,
  readinessLetters,
  signalLetters,
} from './vocabularies';
import type { Values } from './vocabularies';

/**
 * What is expected by the end of the test. Each subscribes in frame 0, or as its subscription marbles
 * say. Of edges, bars, signals and readiness the completion is compared only where it is drawn.
 */
export interface Expectations {
  /** As TestScheduler's, value for value: `toBe` marbles, or `toEqual` another Observable. */
  readonly expectObservable: (
    observable: Observable<unknown>,
    subscription?: string | null,
  ) => ReturnType<MarbleExpectation<unknown, unknown, [error?: unknown]>> & {
    /** Does the same in the same frames as another Observable, which is subscribed to in frame 0. */
    readonly toEqual: (other: Observable<unknown>) => void;
  };
  /** As TestScheduler's: when a cold or hot Observable was subscribed to, and left. */
  readonly expectSubscriptions: (logs: SubscriptionLogs) => {
    readonly toBe: (marbles: string | readonly string[]) => void;
  };
  /** `t` ready, `f` not ready; the present value comes first. */
  readonly expectReadiness: MarbleExpectation<boolean>;
  /**
   * One letter for each item handed over: `D` delivered to a ready consumer, `B` behind, `b` burst,
   * `O` and `o` the same with an overrun; `X` dropped, `Z` discarded.
   */
  readonly expectEdge: MarbleExpectation<EdgeEvent>;
  /** What was counted. What is not mentioned is 0, and `backpressure` is `burst` and `behind` together. */
  readonly expectCounts: (
    events: Observable<EdgeEvent>,
    subscription?: string | null,
  ) => { readonly toBe: (counts: Counts) => void };
  /** A letter is a bar that has all that its value says; without a value, the recorded bar of that letter. */
  readonly expectBars: MarbleExpectation<Bar, Partial<Bar>>;
  /** A letter is a signal that has all that its value says; without values, `b` buys, `s` sells, `f` is flat. */
  readonly expectSignals: MarbleExpectation<Signal, Partial<Signal>>;
}

/** Expects something of an Observable of `T`, in marbles whose letters have values `V`. */
export type MarbleExpectation<T, V = never, Others extends unknown[] = []> = (
  observable: Observable<T>,
  subscription?: string | null,
) => {
  readonly toBe: (
    marbles: string,
    ...values: [V] extends [never] ? [] : [values?: Values<V>, ...others: Others]
  ) => void;
};

const NO_PROMISES =
  '  Nothing came. If a promise was to arrive: none does in marble time; use an Observable, cold("--x|").';

interface Checks extends Expectations {
  /** Throws where something is not as expected, or a run has failed. */
  readonly check: (endings: readonly Ending[]) => void;
  /** Unsubscribes from everything. */
  readonly close: () => void;
}

/** @param fixtures bars that the test has made so far */
export function expectations(scheduler: TestScheduler, fixtures: readonly MarbleBar[]): Checks {
  const recordings: Pick<Recording<unknown>, 'subscription'>[] = [];
  const expected: Expectation[] = [];

  const record = <T>(
    observable: Observable<T>,
    subscription: string | null | undefined,
  ): readonly Moment<T>[] => {
    const recording = recorded(scheduler, observable, subscription);
    recordings.push(recording);
    return recording.moments;
  };
  const expect = (
    name: string,
    toBe: (...args: never[]) => void,
    differs: Expectation['differs'],
  ): void => {
    expected.push({ name, site: siteOf(toBe), differs });
  };
  /** An expectation of marbles: what came is `read`, and compared in the words of a vocabulary. */
  const inMarbles =
    <T, R, V>(
      name: string,
      read: (moments: readonly Moment<T>[]) => readonly Moment<R>[],
      vocabulary: (values?: Values<V>) => Vocabulary<R>,
    ) =>
    (observable: Observable<T>, subscription?: string | null) => {
      const moments = record(observable, subscription);
      const toBe = (marbles: string, values?: Values<V>): void => {
        const words = vocabulary(values);
        const marks = parseIn(words, name, marbles);
        const isEndDrawn = marks.some(({ letter }) => letter === '|');
        expect(name, toBe, () => {
          const came = read(moments).filter(({ kind }) => isEndDrawn || kind !== 'complete');
          return compareMarbles(came, marks, words);
        });
      };
      return { toBe };
    };
  const asTheyCame = <T>(moments: readonly Moment<T>[]): readonly Moment<T>[] => moments;

  return {
    expectObservable: (observable, subscription) => {
      const moments = record(observable, subscription);
      const toBe = (marbles: string, values?: Values<unknown>, error?: unknown): void => {
        const marks = parse(marbles);
        expect('expectObservable', toBe, () => {
          const difference = compareMarbles(moments, marks, exactly(values), error);
          return difference !== undefined && moments.length === 0
            ? `${difference}\n${NO_PROMISES}`
            : difference;
        });
      };
      const toEqual = (other: Observable<unknown>): void => {
        const expected = record(other, null);
        expect('expectObservable', toEqual, () => compareMoments(moments, expected));
      };
      return { toBe, toEqual };
    },
    expectSubscriptions: (logs) => {
      const toBe = (marbles: string | readonly string[]): void => {
        const stated = parseSubscriptions(marbles);
        expect('expectSubscriptions', toBe, () => compareSubscriptions(logs, stated));
      };
      return { toBe };
    },
    expectReadiness: inMarbles('expectReadiness', asTheyCame, () => readinessLetters),
    expectEdge: inMarbles('expectEdge', handOvers, () => handOverLetters),
    expectCounts: (events, subscription) => {
      const moments = record(events, subscription);
      const toBe = (counts: Counts): void => {
        expect('expectCounts', toBe, () =>
          compareCounts(countsOf(moments.flatMap(({ value }) => value ?? [])), counts),
        );
      };
      return { toBe };
    },
    expectBars: inMarbles('expectBars', asTheyCame, (values?: Values<Partial<Bar>>) =>
      barLetters(fixtures, values),
    ),
    expectSignals: inMarbles('expectSignals', asTheyCame, signalLetters),
    check: (endings) => {
      verdictOn(expected, endings);
    },
    close: () => {
      for (const { subscription } of recordings) subscription.unsubscribe();
    },
  };
}
