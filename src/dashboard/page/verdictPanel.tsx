import type { ComponentChildren } from 'preact';
import type { MomentView, RunInfo } from '../protocol';
import { isoText, speedText } from './format';
import { Quoted } from './quoted';

interface Props {
  readonly info: RunInfo;
  readonly moment: MomentView;
}

const timeOf = (micros: number): string => isoText(new Date(micros / 1000).toISOString());

/** `13:30:00` where the day is the other's. */
const untilText = (from: string, to: string): string =>
  from.slice(0, 10) === to.slice(0, 10) ? to.slice(11) : to;

/** The strategy with most of the work. */
function heaviestOf({ stages }: MomentView['report']): string | undefined {
  const strategies = Object.entries(stages.analysis.strategies);
  const total = strategies.reduce((sum, [, { totalMs }]) => sum + totalMs, 0);
  const [most] = strategies.sort(([, a], [, b]) => b.totalMs - a.totalMs);
  return most === undefined || total === 0
    ? undefined
    : `${most[0]}, ${Math.round((100 * most[1].totalMs) / total)}%`;
}

const Glance = ({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ComponentChildren;
}) => (
  <div>
    <dt>{title}</dt>
    <dd>{children}</dd>
  </div>
);

/** Who, why, when, and what would help, as the report says it. */
export function VerdictPanel({ info, moment }: Props) {
  const { verdict, actions, run } = moment.report;
  const { culprit, culprits, pattern, modifiers, when, sustainableSpeed, stableSpeed } = verdict;
  const titles = culprits.map(
    (name) => info.stages.find((each) => each.name === name)?.title ?? name,
  );
  const isCalm = culprits.length === 0;
  const heaviest = heaviestOf(moment.report);
  const worst = when[0];
  const from = worst === undefined ? '' : timeOf(worst.from);
  return (
    <section aria-labelledby="verdict-title" class={`verdict ${isCalm ? 'calm' : 'pressed'}`}>
      <h2 id="verdict-title">Verdict</h2>
      <dl class="glance">
        {run.mode === 'clock' && (
          <Glance title="Keeps up">
            {isCalm ? 'yes' : verdict.scope === 'minutes' ? 'except some minutes' : 'no'}
          </Glance>
        )}
        <Glance title={run.mode === 'clock' ? 'Stage' : 'Slowest stage'}>
          <span class="hidden" data-path='["verdict","culprit"]'>
            {culprit}
          </span>
          {titles.join(', ') || '–'}
        </Glance>
        <Glance title="Pattern">
          {pattern ?? '–'}
          {modifiers.length > 0 && ` (${modifiers.join(', ')})`}
        </Glance>
        <Glance title="Most behind">
          {worst === undefined ? '–' : `${from} – ${untilText(from, timeOf(worst.to))}`}
        </Glance>
        {heaviest !== undefined && <Glance title="Most work">{heaviest}</Glance>}
        {(sustainableSpeed !== undefined || stableSpeed !== undefined) && (
          <Glance title={`Calm, stable up to${verdict.estimated ? ' (estimated)' : ''}`}>
            {[sustainableSpeed, stableSpeed]
              .map((speed) => (speed === undefined ? '–' : speedText(speed as number | null)))
              .join(', ')}
          </Glance>
        )}
      </dl>
      <p data-path='["verdict","text"]'>
        <Quoted text={verdict.text} />
      </p>
      {verdict.confidence.note !== undefined && <p>{verdict.confidence.note}</p>}
      {when.length > 1 && (
        <ul>
          {when.map(({ from: begin, to, edge, behind }) => (
            <li key={`${edge} ${begin}`}>
              {timeOf(begin)} – {untilText(timeOf(begin), timeOf(to))}: {behind} behind on {edge}
            </li>
          ))}
        </ul>
      )}
      {actions.length > 0 && (
        <>
          <h3>Actions, most promising first</h3>
          <ol>
            {actions.map(({ text, evidence }, i) => (
              <li key={i}>
                <Quoted text={text} />{' '}
                <small>
                  <Quoted text={evidence} />
                </small>
              </li>
            ))}
          </ol>
        </>
      )}
      {moment.warnings.length > 0 && (
        <>
          <h3>Warnings</h3>
          <ul>
            {moment.warnings.map((warning) => (
              <li key={warning}>
                <Quoted text={warning} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
