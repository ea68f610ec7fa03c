import { capacityOf } from '../../../src/capacity/capacity';
import { capacityReport } from '../../../src/capacity/capacityReport';
import type { CapacityReport } from '../../../src/capacity/capacityReport';
import { renderCapacityHtml } from '../../../src/capacity/renderHtml';
import { originOf } from '../../../src/capacity/work';
import { timedReplay } from './given';

/** The elements of a page that stand open at its end, or were closed by what did not open them. */
function unbalanced(html: string): string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  const text = html.replace(/^<!doctype html>/, '').replace(/<style>[^<]*<\/style>/, '');
  for (const [tag, slash, name = '', attributes = ''] of text.matchAll(
    /<(\/?)([\w-]*)([^<>]*)>/g,
  )) {
    if (name === '' || !/^(\s+[\w-]+="[^"<>]*")*\s*\/?$/.test(attributes)) wrong.push(tag);
    else if (slash === '/') {
      if (open.pop() !== name) wrong.push(tag);
    } else if (!attributes.endsWith('/')) open.push(name);
  }
  return [...wrong, ...open, ...(text.match(/&(?!(amp|lt|gt|quot|#39);)/g) ?? [])];
}

let report: CapacityReport;
beforeAll(async () => {
  const onBar = (): undefined => undefined;
  const { timings } = await timedReplay(
    {
      derive: ['5m'],
      speed: 60,
      strategies: [{ name: '<b>"R&D"</b>', onBar }],
      serviceTimes: { processor: 40, analysis: (item) => (item.interval > 0 ? 900 : 200) },
    },
    ['A&B', "O'NEIL", '<i>'],
  );
  const capacity = capacityOf(timings, { origin: originOf(timings, 60), gains: true });
  report = capacityReport({
    source: { files: ['a <day>.csv'], strategies: timings.strategies },
    capacity,
  });
});

describe('the page with curves', () => {
  it('is well-formed, whatever symbols, strategies and files are called', () => {
    const html = renderCapacityHtml(report);
    expect(unbalanced(html)).toEqual([]);
    expect(unbalanced(html.replace('</table>', ''))).not.toEqual([]);
    expect(html).toContain('symbol A&amp;B');
    expect(html).toContain('a &lt;day&gt;.csv');
    expect(html).not.toContain('<i>');
  });

  it('needs nothing but itself', () => {
    const html = renderCapacityHtml(report);
    expect(html).not.toMatch(/https?:|\ssrc=|href=|url\(|@import|<script|<link/);
    expect(html).toContain('prefers-color-scheme: dark');
  });

  it('draws every speed of every curve within its frame', () => {
    const html = renderCapacityHtml(report);
    const curves = [...html.matchAll(/<polyline points="([^"]*)"/g)].map(
      ([, points = '']) => points,
    );
    expect(curves).toHaveLength(2 + 2 + 3 + 3 + 2 + 2 + 2);
    for (const points of curves) {
      const places = points.split(' ').map((point) => point.split(',').map(Number));
      expect(places).toHaveLength(report.curve.length);
      for (const [x = NaN, y = NaN] of places) {
        expect(x >= 64 && x <= 624).toBe(true);
        expect(y >= 16 && y <= 244).toBe(true);
      }
    }
  });

  it('is drawn also where nothing takes any time', async () => {
    const { timings } = await timedReplay({
      speed: 60,
      serviceTimes: { processor: 0, analysis: 0 },
    });
    const capacity = capacityOf(timings, { origin: originOf(timings, 60), gains: true });
    expect(capacity).toMatchObject({ sustainableSpeed: Infinity, averageSpeed: Infinity });
    const idle = capacityReport({ source: { files: [], strategies: [] }, capacity });
    expect(idle.answer).toContain('keeps up at any speed');
    expect(JSON.parse(JSON.stringify(idle))).toMatchObject({
      sustainableSpeed: null,
      worstWindow: null,
    });
    expect(unbalanced(renderCapacityHtml(idle))).toEqual([]);
    expect(renderCapacityHtml(idle)).not.toMatch(/NaN|undefined/);
  });
});
