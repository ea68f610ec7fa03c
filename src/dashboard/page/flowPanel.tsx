import type { MomentView, RunInfo } from '../protocol';
import { Figure, GradeMark, TimeBar } from './figures';
import { edgeBefore, edgeIn, stageIn } from './flow';
import type { Span } from './flow';

interface FlowProps {
  readonly info: RunInfo;
  readonly span: Span;
}

/** The stages, and what they hand to each other, over the run so far or a span of it. */
export const FlowPanel = ({ info, span }: FlowProps) => (
  <section aria-labelledby="flow-title">
    <h2 id="flow-title">Flow</h2>
    <div class="flow">
      {info.stages.map(({ name, title }) => {
        const edge = edgeBefore(info, name);
        return [
          edge && <EdgeArrow key={edge.name} info={info} span={span} name={edge.name} />,
          <StageBox key={name} name={name} title={title} span={span} />,
        ];
      })}
    </div>
  </section>
);

interface StageProps {
  readonly name: string;
  readonly title: string;
  readonly span: Span;
}

/** Figures of the whole run stand in the report; those of a span do not. */
const pathIn = (span: Span, ...path: string[]): { readonly path?: readonly string[] } =>
  span.from === undefined ? { path } : {};

type StageReport = MomentView['report']['stages']['analysis'];

function StageBox({ name, title, span }: StageProps) {
  const stage = stageIn(span, name);
  const report = (span.to.report.stages as unknown as Record<string, StageReport | undefined>)[
    name
  ];
  const share = (what: 'busyShare' | 'idleShare' | 'blockedShare') => (
    <Figure
      as="share"
      {...pathIn(span, 'stages', name, what)}
      value={span.from === undefined ? (report?.[what] ?? 0) : stage[what]}
    />
  );
  return (
    <div class="stage">
      <h3>{title}</h3>
      <TimeBar {...stage} />
      <dl>
        <dt class="key busy">busy</dt>
        <dd>{share('busyShare')}</dd>
        <dt class="key blocked">blocked</dt>
        <dd>{share('blockedShare')}</dd>
        <dt class="key idle">idle</dt>
        <dd>{share('idleShare')}</dd>
        <dt>items</dt>
        <dd>
          <Figure as="count" {...pathIn(span, 'stages', name, 'items')} value={stage.items} />
        </dd>
        {span.from === undefined && report !== undefined && (
          <>
            <dt>service p50</dt>
            <dd>
              <Figure as="ms" path={['stages', name, 'p50Ms']} value={report.p50Ms} />
            </dd>
            <dt>service p99</dt>
            <dd>
              <Figure as="ms" path={['stages', name, 'p99Ms']} value={report.p99Ms} />
            </dd>
          </>
        )}
      </dl>
    </div>
  );
}

interface EdgeProps extends FlowProps {
  readonly name: string;
}

/** 1 to 12 pixels, by the logarithm of the deliveries. */
const thickness = (delivered: string): number =>
  Math.min(12, 1 + 2 * Math.log10(1 + Number(delivered)));

function EdgeArrow({ info, span, name }: EdgeProps) {
  const described = info.edges.find((each) => each.name === name);
  if (described === undefined) return null;
  const edge = edgeIn(span, described);
  const report = span.to.report.edges[name];
  const count = (
    what: 'delivered' | 'burst' | 'behind' | 'overruns' | 'dropped' | 'backpressure',
  ) => <Figure as="count" {...pathIn(span, 'edges', name, what)} value={edge[what]} />;
  const grade = span.from === undefined ? (report?.grade ?? 'n/a') : edge.grade;
  return (
    <div class="edge">
      <h3>
        <span class="hidden">{described.label}: </span>
        <GradeMark grade={grade} />
      </h3>
      <p class="share">
        <Figure
          as="share"
          {...pathIn(span, 'edges', name, 'behindShare')}
          value={span.from === undefined ? (report?.behindShare ?? 0) : edge.behindShare}
        />{' '}
        behind
      </p>
      <div
        class={`arrow ${grade === 'n/a' ? 'none' : grade}`}
        style={{
          borderTopWidth: `${thickness(edge.delivered)}px`,
          '--half': `${thickness(edge.delivered) / 2}px`,
        }}
      />
      <dl>
        <dt>{described.items}</dt>
        <dd>{count('delivered')}</dd>
        <dt>events</dt>
        <dd>{count('backpressure')}</dd>
        <dt>burst</dt>
        <dd>{count('burst')}</dd>
        <dt>behind</dt>
        <dd>{count('behind')}</dd>
        <dt>overruns</dt>
        <dd>{count('overruns')}</dd>
        <dt>dropped</dt>
        <dd>{count('dropped')}</dd>
        {span.from === undefined && report !== undefined && (
          <>
            <dt>lateness p99</dt>
            <dd>
              <Figure
                as="ms"
                path={['edges', name, 'latenessP99Ms']}
                value={report.latenessP99Ms}
              />
            </dd>
          </>
        )}
      </dl>
    </div>
  );
}
