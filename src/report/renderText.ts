import { THREAD_PARTS } from '../../streams/events';
import { named, STANDARD_TOPOLOGY } from '../../streams/topology';
import { edgesOf } from '../metrics';
import { counted, duration, grouped, milliseconds, percent } from './format';
import { paintWith, type Paint } from './paint';
import { firstOf } from './firstOf';
import { feedLines } from './renderFeed';
import { denominator, renderGuide } from './renderGuide';
import type { EdgeReport, Report, StrategyReport } from './reportSchema';
import { speedUpTo } from './speedText';
import { terminalSafe } from './terminalText';
import { wrap } from './wrap';
import { withNote } from './verdict/confidence';
import { checkOptionNames } from '../../operators/kernel/optionNames';
import type { OptionNames } from '../../operators/kernel/optionNames';

export interface TextOptions {
  /** Colors for a terminal. Default: none. */
  readonly color?: boolean;
  /** Where verdict and evidence are broken into lines. Default: 100. */
  readonly width?: number;
}

const TOP = 5;

interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

function runLines({ run }: Report): string[] {
  const { reachedSpeed } = run.schedule ?? {};
  const reached = reachedSpeed === undefined ? '' : ` (reached ${speedUpTo(reachedSpeed)})`;
  const mode = {
    clock: `clock-driven at speed ${grouped(run.speed)}${reached}`,
    data: 'data-driven',
  };
  const time = { simulated: 'simulated time', wall: 'wall clock' };
  const ends = {
    running: 'not finished yet',
    interrupted: 'interrupted: its process is gone, and did not come to the end',
    stopped: 'stopped before its end',
    failed: `failed${run.error === undefined ? '' : `: ${run.error}`}`,
  };
  const spent = run.timeInModesMs;
  return [
    ...(run.mergedOf === undefined
      ? []
      : [`merged of ${counted(run.mergedOf, 'run')}, each a pipeline with its own stages`]),
    `${mode[run.mode]}, ${time[run.time]}`,
    ...(run.mode === 'data' && run.demand !== undefined && run.demand > 1
      ? [
          `Demand: each edge sends up to ${counted(run.demand, 'item')} ahead, ` +
            'so blocked time is measured by batches of them',
        ]
      : []),
    ...(spent === undefined
      ? []
      : [`${duration(spent.clock)} clock-driven, ${duration(spent.data)} data-driven`]),
    ...barLines(run),
    `${duration(run.marketSeconds * 1000)} of market` +
      // In simulated time, the state at a moment has no wall-clock length.
      (run.wallSeconds === 0 ? '' : ` in ${duration(run.wallSeconds * 1000)}`) +
      (run.startupMs === undefined
        ? ''
        : `, after ${duration(run.startupMs)} to start the threads`),
    ...(run.marketFrom === undefined || run.marketTo === undefined
      ? []
      : [`Data from ${run.marketFrom} to ${run.marketTo}`]),
    ...leadInLines(run),
    ...(run.openingMs === undefined ? [] : [`First rows after ${duration(run.openingMs)}`]),
    ...scheduleLines(run),
    ...(run.heldMs === undefined
      ? []
      : [`Held for ${duration(run.heldMs)}: the disk was too slow for the journal`]),
    ...(run.outcome === undefined ? [] : [ends[run.outcome]]),
    ...(run.neverOffered === undefined || run.neverOffered === '0'
      ? []
      : [`${counted(BigInt(run.neverOffered), 'bar')} read ahead and never offered`]),
  ];
}

function leadInLines({ leadIn }: Report['run']): string[] {
  if (leadIn === undefined) return [];
  const { from, baseBars, signals, errors, firstError = '', ms } = leadIn;
  const faults = errors === '0' ? '' : `; ${counted(BigInt(errors), 'error')}: ${firstError}`;
  return [
    `Lead-in from ${from}: ${grouped(baseBars)} base bars in ${duration(ms)}, not counted, ` +
      `${grouped(signals)} signals not output${faults}`,
  ];
}

function barLines({ bars, derive }: Report['run']): string[] {
  if (bars === '') return [];
  const base = bars === 'tick' ? 'A bar for each tick' : `Bars of ${bars}`;
  return [derive.length === 0 ? base : `${base}, derived: ${derive.join(', ')}`];
}

function scheduleLines({ schedule }: Report['run']): string[] {
  if (schedule === undefined) return [];
  const { lagP50Ms, lagP99Ms, lagMaxMs } = schedule;
  return [
    `Schedule lag: p50 ${duration(lagP50Ms)} | p99 ${duration(lagP99Ms)} | max ${duration(lagMaxMs)}`,
  ];
}

/** Where the time of the coordinator's thread went, a row each. */
function threadLines({ threadTimeMs }: Report['run']): string[] {
  if (threadTimeMs === undefined) return [];
  const all = [...THREAD_PARTS, 'unaccounted'] as const;
  const parts = all.filter((part) => threadTimeMs[part] !== undefined);
  const total = parts.reduce((sum, part) => sum + (threadTimeMs[part] ?? 0), 0);
  if (total === 0) return [];
  return parts.map((part) => {
    const ms = threadTimeMs[part] ?? 0;
    return `${part.padEnd(12)}${percent(ms / total).padStart(8)}  ${duration(ms)}`;
  });
}

function inputLines({ bars, run, signals, feed }: Report): string[] {
  const odd = [
    ['late ticks', feed === undefined ? bars.late : '0'],
    ['rows out of order', bars.outOfOrder],
    ['bad rows', bars.badRows],
  ] as const;
  const found = odd.filter(([, count]) => count !== '0');
  return [
    `${grouped(bars.ticks)} ticks of ${counted(run.symbols.length, 'symbol')}: ` +
      `${grouped(bars.base)} base bars, ${grouped(bars.derived)} derived bars, ${grouped(signals)} signals`,
    ...(found.length === 0
      ? []
      : [found.map(([label, count]) => `${label}: ${grouped(count)}`).join(' | ')]),
  ];
}

function eventsLine(edge: EdgeReport, items: string): string {
  if (edge.grade === 'n/a')
    return `Delivered: ${grouped(edge.delivered)} ${items}, each when the consumer was ready`;
  const of = `of ${grouped(denominator(edge))} ${items}`;
  return (
    `Events: ${grouped(edge.backpressure)} ${of} (${percent(edge.share)}) = ` +
    `burst ${grouped(edge.burst)} + behind ${grouped(edge.behind)} (${percent(edge.behindShare)})`
  );
}

function edgeLines(edge: EdgeReport, items: string): string[] {
  return [
    eventsLine(edge, items),
    `Overruns: ${grouped(edge.overruns)} | Dropped: ${grouped(edge.dropped)} | ` +
      `Discarded: ${grouped(edge.discarded)}`,
    `Lateness: p50 ${duration(edge.latenessP50Ms)} | p99 ${duration(edge.latenessP99Ms)} | ` +
      `max ${duration(edge.latenessMaxMs)}`,
    `Blocked: ${duration(edge.blockedMs)}`,
  ];
}

function stageLines({ stages, topology = STANDARD_TOPOLOGY }: Report): string[] {
  return topology.map(({ stage, title }) => {
    const report = named(stages, stage);
    const { items, p50Ms, p99Ms, p999Ms, busyShare, idleShare, blockedShare } = report;
    const service =
      items === '0'
        ? ''
        : ` | service p50 ${milliseconds(p50Ms)} | p99 ${milliseconds(p99Ms)} | ` +
          `p99.9 ${milliseconds(p999Ms)}`;
    return (
      `${title}: busy ${percent(busyShare)} | idle ${percent(idleShare)} | ` +
      `blocked ${percent(blockedShare)}${service}`
    );
  });
}

interface SymbolTotals {
  readonly symbol: string;
  workMs: number;
  behind: bigint;
  backpressure: bigint;
  delivered: bigint;
}

/** What all edges say of each symbol. */
function symbolTotals({ edges }: Report): readonly SymbolTotals[] {
  const totals = new Map<string, SymbolTotals>();
  for (const { bySymbol } of Object.values(edges)) {
    for (const symbol of Object.keys(bySymbol)) {
      const { workMs = 0, behind, backpressure, delivered } = named(bySymbol, symbol);
      let total = totals.get(symbol);
      if (total === undefined) {
        total = { symbol, workMs: 0, behind: 0n, backpressure: 0n, delivered: 0n };
        totals.set(symbol, total);
      }
      total.workMs += workMs;
      total.behind += BigInt(behind);
      total.backpressure += BigInt(backpressure);
      total.delivered += BigInt(delivered);
    }
  }
  return [...totals.values()];
}

const descending = (a: bigint, b: bigint): number => (a < b ? 1 : a > b ? -1 : 0);

/** The symbol whose bars take most comes first; then by *behind* events, all events, and deliveries. */
const mostFirst = (a: SymbolTotals, b: SymbolTotals): number =>
  b.workMs - a.workMs ||
  descending(a.behind, b.behind) ||
  descending(a.backpressure, b.backpressure) ||
  descending(a.delivered, b.delivered);

function symbolLines(report: Report): string[] {
  const all = symbolTotals(report);
  const totalMs = all.reduce((total, { workMs }) => total + workMs, 0);
  return firstOf(all, TOP, mostFirst).map(({ symbol, workMs, behind, backpressure, delivered }) => {
    const work = totalMs > 0 ? `, ${percent(workMs / totalMs)} of the work` : '';
    return (
      `${symbol}: ${counted(backpressure, 'event')} of ${grouped(delivered)} deliveries, ` +
      `${grouped(behind)} behind${work}`
    );
  });
}

function strategyLines(strategies: readonly [string, StrategyReport][]): string[] {
  const total = strategies.reduce((sum, [, { totalMs }]) => sum + totalMs, 0);
  return [...strategies]
    .sort(([, a], [, b]) => b.totalMs - a.totalMs)
    .slice(0, TOP)
    .map(([name, { items, signals, totalMs, maxMs }]) => {
      const share = total > 0 ? `${percent(totalMs / total)} of analysis time, ` : '';
      return (
        `${name}: ${share}${duration(totalMs)} for ${grouped(items)} bars, ` +
        `max ${milliseconds(maxMs)}, ${grouped(signals)} signals`
      );
    });
}

const faultLines = (strategies: readonly [string, StrategyReport][]): string[] =>
  strategies
    .filter(([, { errors }]) => errors !== '0')
    .map(
      ([name, { errors, firstError }]) =>
        `${name}: ${counted(BigInt(errors), 'error')}` +
        (firstError === undefined ? '' : `, the first: ${firstError}`),
    );

function sections(report: Report): Section[] {
  const strategies = Object.entries(report.stages.analysis.strategies);
  return [
    { title: 'Run:', lines: runLines(report) },
    { title: 'Input:', lines: inputLines(report) },
    { title: 'Feed:', lines: report.feed === undefined ? [] : feedLines(report.feed) },
    ...edgesOf(report.topology).map(({ name, label, items }) => {
      const edge = named(report.edges, name);
      return { title: `${label}: ${edge.grade}`, lines: edgeLines(edge, items) };
    }),
    { title: 'Stages:', lines: stageLines(report) },
    {
      title: "Where the time of the coordinator's thread went:",
      lines: threadLines(report.run),
    },
    { title: 'Top symbols:', lines: symbolLines(report) },
    { title: 'Top strategies:', lines: strategyLines(strategies) },
    { title: 'Faulty strategies:', lines: faultLines(strategies) },
    {
      title: 'Saturated counters (the true value is at least 2^63-1):',
      lines: (report.saturated ?? []).map(
        ({ counter, of }) => `${counter}${of === undefined ? '' : ` of ${of}`}`,
      ),
    },
  ].filter(({ lines }) => lines.length > 0);
}

function verdictLines({ verdict }: Report, width: number, paint: Paint): string[] {
  const culprit = verdict.culprit === 'none' ? paint.good('none') : paint.alarm(verdict.culprit);
  return ['', `${paint.heading('Verdict:')} ${culprit}`, ...wrap(withNote(verdict), width, '  ')];
}

function actionLines({ actions }: Report, width: number, paint: Paint): string[] {
  if (actions.length === 0) return [];
  const numbered = actions.flatMap(({ text, evidence }, i) => {
    const number = `${String(i + 1).padStart(2)}. `;
    return [
      ...wrap(text, width, number),
      ...wrap(evidence, width, '    ').map((line) => paint.note(line)),
    ];
  });
  return ['', paint.heading('Actions, most promising first:'), ...numbered];
}

const TEXT_OPTIONS: OptionNames<TextOptions> = { color: true, width: true };

/**
 * The report for people: the guide's block line for line, then what lies behind it, the verdict
 * and what would help. Pure; ends without a line feed.
 */
export function renderText(found: Report, options: TextOptions = {}): string {
  checkOptionNames('renderText', options, TEXT_OPTIONS);
  const { color = false, width = 100 } = options;
  const paint = paintWith(color);
  const report = terminalSafe(found);
  return [
    ...renderGuide(report, paint),
    ...sections(report).flatMap(({ title, lines }) => [
      '',
      paint.heading(title),
      ...lines.map((line) => `  - ${line}`),
    ]),
    ...verdictLines(report, width, paint),
    ...actionLines(report, width, paint),
  ].join('\n');
}
