import { asciiCurve } from '../../../src/capacity/asciiCurve';
import { curvePoint } from './reportParts';

const drawn = (...shares: number[]): string[] =>
  asciiCurve(
    'coordinator-processor',
    shares.map((behindShare, index) => curvePoint(index + 1, { behindShare })),
    (speed) => `${speed}×`,
  );
/** The second column from the bottom up, without what is around it. */
const column = (share: number): string =>
  drawn(0, share)
    .slice(1, -2)
    .reverse()
    .map((line) => line.slice(16, 17) || ' ')
    .join('');

describe('the picture of shares by speed', () => {
  it('is columns over speeds, full for all', () => {
    expect(drawn(0, 0.5, 1)).toEqual([
      'Coordinator→Processor: share of bars that fall behind, by speed',
      '100 % │               ███',
      '      │               ███',
      '      │               ███',
      '      │               ███',
      ' 50 % │         ███   ███',
      '      │         ███   ███',
      '      │         ███   ███',
      '      │         ███   ███',
      '      └──────────────────',
      '           1×    2×    3×',
    ]);
  });

  it.each([
    [0, '        '],
    [1e-9, '▁       '],
    [1 / 64, '▁       '],
    [0.1, '▆       '],
    [0.125, '█       '],
    [0.3, '██▃     '],
    [0.99, '███████▇'],
    [1, '████████'],
  ])('a share of %d is %j high', (share, blocks) => {
    expect(column(share)).toBe(blocks);
  });

  it('shows the edge that it is asked for', () => {
    const curve = [curvePoint(1, { behindShare: 1 }, { behindShare: 0 })];
    const [title, ...rows] = asciiCurve('processor-analysis', curve, String);
    expect(title).toBe('Processor→Analysis: share of cycles that fall behind, by speed');
    expect(rows.join('')).not.toMatch(/█/);
  });

  it('of nothing has its axes', () => {
    expect(drawn()).toContain('      └');
  });
});
