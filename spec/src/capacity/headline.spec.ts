import { headlineOf, clockTime } from '../../../src/capacity/headline';
import type { Capacity } from '../../../src/capacity/capacity';
import { minute } from '../journal/given';

const DAY = { from: minute(0), to: minute(1440) };
const worst = { from: minute(810), to: minute(811), stage: 'analysis', speed: 4.04 } as const;
const capacity: Capacity = {
  sustainableSpeed: 38.97,
  stableSpeed: 4.04,
  averageSpeed: 90.2,
  busiest: 'analysis',
  worstWindow: worst,
  critical: [{ edge: 'processor-analysis', speed: 40.1 }],
  curve: [],
  counted: { items: 1_440, updates: 1_440 },
  span: DAY,
};

describe('the answer in one line', () => {
  it('says up to where, from where on, and what there would be room for', () => {
    expect(headlineOf(capacity)).toBe(
      'keeps up to 38× real time (under 5 % of bars and under 10 % of cycles behind); ' +
        'from 41× processor→analysis is critical; over the whole day ' +
        'there would be room for 90×, in the busiest minute (13:30 UTC) only for 4.04×',
    );
  });

  it.each<[string, Partial<Capacity>, string]>([
    [
      'without an edge that becomes critical',
      { critical: [{ edge: 'processor-analysis', speed: Infinity }] },
      '10 % of cycles behind); over the whole day',
    ],
    ['of none that was tried', { critical: [] }, '10 % of cycles behind); over the whole day'],
    [
      'with the first of both edges',
      {
        critical: [
          { edge: 'coordinator-processor', speed: 50 },
          { edge: 'processor-analysis', speed: 60 },
        ],
      },
      '; from 50× coordinator→processor is critical;',
    ],
    ['that it never does', { sustainableSpeed: 0 }, 'keeps up at no speed (under 5 % of bars'],
    ['of hours', { span: { from: minute(0), to: minute(600) } }, '; over the whole time there'],
    [
      'of days, which the time then has',
      { span: { from: minute(0), to: minute(4_320) } },
      'over all 3 days there would be room for 90×, in the busiest minute (2024-08-08 13:30 UTC)',
    ],
    [
      'of a longer window',
      { worstWindow: { ...worst, to: minute(815) } },
      ', in the busiest 5 minutes (13:30 UTC) only for 4.04×',
    ],
  ])('%s', (_title, changed, said) => {
    expect(headlineOf({ ...capacity, ...changed })).toContain(said);
  });

  it('of no window that takes any time ends there', () => {
    expect(headlineOf({ ...capacity, worstWindow: undefined })).toMatch(/room for 90×$/);
  });

  it('says how far one pass scatters, by its quarters', () => {
    expect(headlineOf({ ...capacity, partsRange: [21.4, 97] })).toContain(
      'keeps up to 38× real time (under 5 % of bars and under 10 % of cycles behind; ' +
        '21× to 97× in the quarters of one pass); ',
    );
  });

  it('says how far several passes lie apart', () => {
    const passes = { count: 3, range: [30.2, 45] } as const;
    expect(headlineOf(capacity, { passes })).toContain('behind; 30× to 45× in 3 passes); ');
  });

  it('does not hide that a strategy did nothing', () => {
    expect(headlineOf(capacity, { failing: ['http'] })).toMatch(
      /^keeps up to 38× real time, but all calls of http failed \(under/,
    );
    expect(
      headlineOf({ ...capacity, sustainableSpeed: Infinity }, { failing: ['a', 'b'] }),
    ).toMatch(/^keeps up at any speed, but all calls of a and b failed: what/);
  });

  it('is short where nothing takes any time', () => {
    expect(headlineOf({ ...capacity, sustainableSpeed: Infinity })).toBe(
      'keeps up at any speed: what it has to do takes no time that could be measured',
    );
  });
});

describe('a time of the day', () => {
  it.each([
    [0, '13:30 UTC'],
    [5_000_000, '13:30:05 UTC'],
    [999_999, '13:30 UTC'],
  ])('%i µs after half past one is %s', (micros, text) => {
    expect(clockTime(minute(810) + micros, DAY)).toBe(text);
  });

  it('has its date where there are several', () => {
    const span = { from: minute(0), to: minute(1_441) };
    expect(clockTime(minute(1_440), span)).toBe('2024-08-09 00:00 UTC');
  });
});
