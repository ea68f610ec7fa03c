import { NEVER } from 'rxjs';
import {
  holdUntilReady,
  mergeByTime,
  OptionError,
  pace,
  pull,
  Readiness,
  serve,
  trackBackpressure,
} from '../../../operators';
import type {
  HoldUntilReadyOptions,
  MergeByTimeOptions,
  PaceOptions,
  PullOptions,
  ServeOptions,
  TrackBackpressureOptions,
} from '../../../operators';
import { OPERATOR_OPTIONS } from '../../../operators/internal/operatorOptions';
import type { OptionNames } from '../../../operators/kernel/optionNames';

/** The compiler compares the list with the interfaces, in both directions. */
type AllOptions = HoldUntilReadyOptions<unknown> &
  MergeByTimeOptions<unknown> &
  PaceOptions<unknown> &
  PullOptions &
  ServeOptions<unknown, unknown> &
  TrackBackpressureOptions<unknown>;
const listed: OptionNames<AllOptions> = OPERATOR_OPTIONS;
const typed: Readonly<Record<keyof typeof OPERATOR_OPTIONS, true>> = listed;

const wrong = { capcity: 1 } as object;
const timeOf = (): number => 0;

test.each<[string, () => unknown]>([
  ['holdUntilReady', () => holdUntilReady(new Readiness(), wrong)],
  ['trackBackpressure', () => trackBackpressure(new Readiness(), { edge: 'e', ...wrong })],
  ['serve', () => serve(() => NEVER, wrong)],
  ['pace', () => pace({ timeOf, ...wrong })],
  ['pull', () => pull([[1]], wrong)],
  ['mergeByTime', () => mergeByTime([[1]], { timeOf, ...wrong })],
])('%s refuses an option that no operator has', (name, make) => {
  expect(make).toThrow(OptionError);
  expect(make).toThrow(`capcity is not an option of ${name}; did you mean capacity?`);
});

test('the options of one operator may be spread over another', () => {
  const shared = { edge: 'e', keyOf: String };
  expect(Object.keys(typed)).toEqual(expect.arrayContaining(Object.keys(shared)));
  expect(() => pull([[1]], shared as object)).not.toThrow();
});
