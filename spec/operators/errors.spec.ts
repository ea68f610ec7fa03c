import { of } from 'rxjs';
import {
  holdUntilReady,
  mergeByTime,
  OptionError,
  OverflowError,
  pace,
  Readiness,
  serve,
  trackBackpressure,
} from '../../operators';

const readiness = new Readiness();
const timeOf = (n: number): number => n;

describe('an option that makes no sense is refused with what was found, and what would do', () => {
  it.each<[string, string, () => unknown]>([
    [
      'capacity',
      'capacity is 0, but must be a whole number of at least 1, or Infinity',
      () => holdUntilReady(readiness, { capacity: 0 }),
    ],
    [
      'keyOf',
      'keyOf is undefined, but must be given for overflow: conflate',
      () => serve(String, { overflow: 'conflate' }),
    ],
    [
      'capacity',
      'capacity is undefined, but must be stated where a source is an Observable',
      () => mergeByTime([of(1)], { timeOf }),
    ],
    ['speed', 'speed is -1, but must be a positive number', () => pace({ timeOf, speed: -1 })],
    [
      'serviceTime',
      'serviceTime is NaN, but must be a number of milliseconds, at least 0',
      () => serve(String, { serviceTime: NaN }),
    ],
    [
      'batch.count',
      'batch.count is 0.5, but must be a whole number of at least 1, or Infinity',
      () => trackBackpressure(readiness, { edge: 'e', batch: { count: 0.5 } }),
    ],
    [
      'batch.time',
      'batch.time is -1, but must be at least 0',
      () => trackBackpressure(readiness, { edge: 'e', batch: { time: -1 } }),
    ],
  ])('%s: %s', (option, message, make) => {
    const refused = { name: 'OptionError', code: 'OPTION_INVALID', option, message };
    expect(make).toThrow(expect.objectContaining(refused) as Error);
    expect(make).toThrow(OptionError);
  });

  it('and a full buffer with which one, how deep it is, and what to do', () => {
    expect(new OverflowError('in-out', 1_048_576)).toMatchObject({
      name: 'OverflowError',
      code: 'BUFFER_OVERFLOW',
      edge: 'in-out',
      depth: 1_048_576,
      message:
        'in-out: the buffer is full at a depth of 1,048,576. ' +
        'Raise the capacity, slow the producer down, or choose an overflow policy that drops items.',
    });
  });
});
