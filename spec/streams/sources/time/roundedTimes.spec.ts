import { recognizeTime } from '../../../../streams/sources/time/recognizeTime';

const sampleOf = (times: readonly string[]) => ({ file: 'ticks.csv', names: [], times });

describe('times in scientific notation', () => {
  it('are refused where their last digits are gone', () => {
    const times = ['1.709890e+09', '1.709890e+09', '1.709891e+09'];
    expect(() => recognizeTime(sampleOf(times), {})).toThrow(
      'the times look like "1.709890e+09": they were rounded when they were written',
    );
  });

  it('are read with all their digits, or where their unit is stated', () => {
    const times = ['1.709890200e+09', '1.709890260e+09'];
    expect(recognizeTime(sampleOf(times), {})).toMatchObject({ written: 'decimal', unit: 's' });
    const rounded = ['1.70989e+09', '1.70990e+09'];
    expect(recognizeTime(sampleOf(rounded), { unit: 's' })).toMatchObject({ unit: 's' });
  });
});
