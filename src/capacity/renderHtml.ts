import { named } from '../../streams/topology';
import { edgesOf } from '../metrics';
import { grouped, roundPercent } from '../report/format';
import { speedUpTo } from '../report/speedText';
import type { CapacityReport } from './capacityReport';
import { renderChart } from './chart';
import type { Chart } from './chart';
import type { EdgeCapacity } from './curve';
import { escapeHtml } from './escapeHtml';
import { POINT_HEAD, pointCells, shortSpeed, shortTime } from './renderText';
import { GAIN_HEAD, gainCells, notesOf } from './notes';

const STYLE = `
:root { color-scheme: light dark; --ground: #fff; --text: #1c2024; --soft: #687076; --line: #e4e7ea;
  --c0: #1f6feb; --c1: #c2410c; --c2: #7c3aed; }
@media (prefers-color-scheme: dark) { :root { --ground: #15181b; --text: #e8eaec; --soft: #9ba1a6;
  --line: #2b3035; --c0: #6cb0ff; --c1: #ff9a5c; --c2: #b79cff; } }
body { margin: 2rem auto; max-width: 72rem; padding: 0 1rem; background: var(--ground);
  color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2.5rem; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(26rem, 1fr)); gap: 1.5rem; }
figure { margin: 0; } figcaption { font-weight: 600; } svg { width: 100%; height: auto; }
.c0 { --own: var(--c0); } .c1 { --own: var(--c1); } .c2 { --own: var(--c2); }
.keys { font-weight: 400; margin-left: .5rem; } .key { color: var(--own); white-space: nowrap; } .key::before { content: "● "; }
.grid { stroke: var(--line); } .axis { stroke: var(--soft); }
.limit { stroke: var(--own, var(--soft)); stroke-dasharray: 5 4; }
.curve polyline { fill: none; stroke: var(--own); stroke-width: 2; } .curve circle { fill: var(--own); }
.label { fill: var(--soft); font-size: 12px; } .end { text-anchor: end; } .mid { text-anchor: middle; }
.wide { overflow-x: auto; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: .15rem .7rem; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { color: var(--soft); font-weight: 500; } .names td:first-child, .names th:first-child { text-align: left; }
.notes { color: var(--soft); }`;

/** For an axis over many powers of ten: 0.00001 → 0.001 %. */
const plainPercent = (share: number): string => `${Number((share * 100).toPrecision(2))} %`;

function charts({ curve, sustainableSpeed }: CapacityReport): string[] {
  const speeds = curve.map(({ speed }) => speed);
  const shared = {
    speeds,
    formatSpeed: (speed: number) => `${shortSpeed(speed)}×`,
    ...(sustainableSpeed > 0 && sustainableSpeed < Infinity
      ? { speed: { value: sustainableSpeed, label: `keeps up to ${speedUpTo(sustainableSpeed)}` } }
      : {}),
  };
  const byEdge = (value: (edge: EdgeCapacity) => number): Chart['series'] =>
    edgesOf().map(({ name, label }) => ({
      label,
      values: curve.map(({ edges }) => value(named(edges, name))),
    }));
  const shares: Chart[] = [
    {
      ...shared,
      title: 'Behind, share of deliveries',
      scale: 'share',
      format: roundPercent,
      series: byEdge(({ behindShare }) => behindShare),
      limits: edgesOf().flatMap(({ label, thresholds }, series) => [
        { value: thresholds.medium, label: `${label}: medium`, series },
        { value: thresholds.high, label: `${label}: high`, series },
      ]),
    },
    {
      ...shared,
      title: 'Consumer not ready, share of deliveries',
      scale: 'share',
      format: roundPercent,
      series: byEdge(({ share }) => share),
    },
  ];
  const waits = edgesOf().map(({ name, label }): Chart => ({
    ...shared,
    title: `${label}: wait`,
    scale: 'log',
    format: shortTime,
    series: (['waitP50Ms', 'waitP99Ms', 'waitMaxMs'] as const).map((value, index) => ({
      label: ['p50', 'p99', 'max'][index] ?? '',
      values: curve.map(({ edges }) => named(edges, name)[value]),
    })),
  }));
  const rest: Chart[] = [
    {
      ...shared,
      title: 'Deepest inbox, items',
      scale: 'log',
      format: grouped,
      series: byEdge(({ deepestInbox }) => deepestInbox),
    },
    {
      ...shared,
      title: 'Overruns, share of deliveries',
      scale: 'share',
      format: roundPercent,
      series: byEdge(({ overruns, delivered }) => (delivered === 0 ? 0 : overruns / delivered)),
    },
    {
      ...shared,
      title: 'Utilization: above 100 % a stage cannot keep up',
      scale: 'log',
      format: plainPercent,
      series: (['processor', 'analysis'] as const).map((stage) => ({
        label: stage,
        values: curve.map(({ stages }) => stages[stage].utilization),
      })),
      limits: [{ value: 1, label: 'as much to do as there is time' }],
    },
  ];
  return [...shares, ...waits, ...rest].map(renderChart);
}

function table(rows: readonly (readonly string[])[], names = ''): string {
  const row = (cells: readonly string[], tag: 'th' | 'td'): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('')}</tr>`;
  const [head = [], ...body] = rows;
  return [
    `<div class="wide"><table${names}>`,
    `<thead>${row(head, 'th')}</thead>`,
    `<tbody>${body.map((cells) => row(cells, 'td')).join('\n')}</tbody>`,
    '</table></div>',
  ].join('\n');
}

/** One page that needs nothing but itself, for light and dark. Pure. */
export function renderCapacityHtml(report: CapacityReport): string {
  const { answer, curve, gains, sustainableSpeed, source } = report;
  const about = [...source.files, ...source.strategies].join(', ');
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8"/>',
    '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
    '<title>Barometer: capacity</title>',
    `<style>${STYLE}`,
    '</style>',
    '</head>',
    '<body>',
    `<h1>${escapeHtml(`${answer.charAt(0).toUpperCase()}${answer.slice(1)}.`)}</h1>`,
    `<p class="notes">${escapeHtml(about)}</p>`,
    '<div class="charts">',
    ...charts(report),
    '</div>',
    '<h2>What would help most: the speed up to which it would keep up</h2>',
    table([GAIN_HEAD, ...gains.map((gain) => gainCells(gain, sustainableSpeed))], ' class="names"'),
    ...edgesOf().flatMap(({ name, label }) => [
      `<h2>${label}</h2>`,
      table([POINT_HEAD, ...curve.map((point) => pointCells(name, point))]),
    ]),
    '<h2>How it was measured</h2>',
    `<ul class="notes">${notesOf(report)
      .map((note) => `<li>${escapeHtml(note)}</li>`)
      .join('\n')}</ul>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}
