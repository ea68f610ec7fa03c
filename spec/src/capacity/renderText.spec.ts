import {
  POINT_HEAD,
  pointCells,
  renderCapacity,
  shortSpeed,
  shortTime,
} from '../../../src/capacity/renderText';
import type { Sensitivity } from '../../../src/capacity/sensitivity';
import { capacityReportOf, curvePoint } from './reportParts';

describe('short figures', () => {
  it.each([
    [1, '1'],
    [0.04567, '0.0457'],
    [38.97, '39'],
    [1_234.5, '1230'],
    [9_999, '10000'],
    [10_000, '10k'],
    [123_456, '123k'],
    [1e6, '1M'],
    [2.345e9, '2350M'],
  ])('the speed %d is %s', (speed, text) => {
    expect(shortSpeed(speed)).toBe(text);
  });

  it.each([
    [0, '0'],
    [0.000_5, '0.500 µs'],
    [0.25, '250 µs'],
    [1, '1.00 ms'],
    [45.67, '45.7 ms'],
    [1_000, '1.0 s'],
    [119_900, '119.9 s'],
    [120_000, '2 min'],
    [7_200_000, '2 h'],
    [3.6e9 * 2, '2,000 h'],
  ])('%d ms are %s', (ms, text) => {
    expect(shortTime(ms)).toBe(text);
  });
});

const busy = curvePoint(
  60,
  { share: 0.25, behindShare: 0.1, overruns: 1_234, grade: 'medium' },
  {
    share: 0.9,
    behindShare: 0.9,
    overruns: 800,
    waitP50Ms: 1.5,
    waitP99Ms: 20,
    waitMaxMs: 2_500,
    deepestInbox: 12_345,
    grade: 'high',
  },
);

describe('a row of the table', () => {
  it('has a cell for each head, of the edge that is asked for and of its consumer', () => {
    expect(pointCells('coordinator-processor', busy)).toEqual([
      '60',
      'medium',
      '25%',
      '10%',
      '1,234',
      '0',
      '0',
      '0',
      '0',
      '50 %',
    ]);
    const second = pointCells('processor-analysis', busy);
    expect(Object.fromEntries(POINT_HEAD.map((head, index) => [head, second[index]]))).toEqual({
      speed: '60',
      grade: 'high',
      'not ready': '90%',
      behind: '90%',
      overruns: '800',
      'wait p50': '1.50 ms',
      p99: '20.0 ms',
      max: '2.5 s',
      inbox: '12,345',
      busy: '100 %',
    });
  });

  it.each([
    [0.5, '50 %'],
    [9.99, '999 %'],
    [10, '10×'],
    [1_234.5, '1,235×'],
  ])('busy for %d of the time is %s', (utilization, text) => {
    const stages = { processor: { utilization }, analysis: { utilization: 0 } };
    expect(pointCells('coordinator-processor', { ...busy, stages }).at(-1)).toBe(text);
  });
});

const gain = (name: string, fasterSpeed: number, goneSpeed?: number): Sensitivity => ({
  kind: 'strategy',
  name,
  share: 0.5,
  fasterSpeed,
  ...(goneSpeed === undefined ? {} : { goneSpeed }),
});

describe('capacity as text', () => {
  const report = capacityReportOf({
    curve: [curvePoint(1), busy],
    gains: [gain('heavy', 45, 60), gain('light', 38, 40), gain('idle', 38, 38)],
  });
  const text = renderCapacity(report);
  const lines = text.split('\n');

  it('begins with the answer, as a sentence', () => {
    expect(lines[0]).toBe('Keeps up to 38× real time.');
  });

  it('has a picture and a table of each edge, in their order', () => {
    const titles = lines.filter((line) => line.includes('by speed'));
    expect(titles.map((line) => line.split(':')[0])).toEqual([
      'Coordinator→Processor',
      'Processor→Analysis',
    ]);
    expect(lines.filter((line) => /^ *speed +grade/.test(line))).toHaveLength(2);
    expect(lines.filter((line) => /^ *60 +(medium|high)/.test(line))).toHaveLength(2);
  });

  it('lines the columns of a table up, to the right', () => {
    const rows = lines.filter((line) => /^ *(speed|1|60) +(grade|perfect|medium) /.test(line));
    const [head = '', ...others] = rows.slice(0, 3);
    expect(others.map((row) => row.length)).toEqual([head.length, head.length]);
    expect(others.map((row) => row.indexOf('%') > 0)).toEqual([true, true]);
  });

  it('tells what would help, and leaves out what would not', () => {
    const from = lines.findIndex((line) => line.startsWith('What would help most'));
    expect(lines.slice(from, from + 5)).toEqual([
      'What would help most: the speed up to which it would keep up',
      '  what            of all work  20 % faster          gone',
      '  strategy heavy         50 %  45× (+18 %)   60× (+58 %)',
      '  strategy light         50 %    no change  40× (+5.3 %)',
      '',
    ]);
  });

  it('shows no more than twelve of them', () => {
    const many = Array.from({ length: 20 }, (_, index) => gain(`s${index}`, 50));
    const shown = renderCapacity({ ...report, gains: many });
    expect(shown.match(/^ {2}strategy s/gm)).toHaveLength(12);
  });

  it('says so where nothing alone helps', () => {
    expect(renderCapacity({ ...report, gains: [gain('idle', 38)] })).toContain(
      'it would keep up\n  Nothing alone.\n',
    );
  });

  it('ends with the notes, as a list within the width, and without a line feed', () => {
    const narrow = renderCapacity(report, { width: 60 }).split('\n');
    const notes = narrow.slice(narrow.findIndex((line) => line.startsWith('- ')));
    expect(Math.max(...notes.map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(notes.filter((line) => line.startsWith('- '))).toHaveLength(2);
    expect(text).toMatch(/No warm-up was found\.$/);
  });

  it('is painted only where colours are wanted, and nothing but the look changes', () => {
    const painted = renderCapacity(report, { color: true });
    expect(text).not.toContain('\x1b');
    expect(painted).toMatch(/\x1b\[33m *60 +medium/);
    expect(painted.split(/\x1b\[\d+m/).join('')).toBe(text);
  });
});
