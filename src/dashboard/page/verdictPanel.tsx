import type { MomentView } from '../protocol';
import { isoText, speedText } from './format';

/** Who, why, when, and what would help, as the report says it. */
export function VerdictPanel({ moment }: { readonly moment: MomentView }) {
  const { verdict, actions } = moment.report;
  const speeds = [
    ['calm up to', verdict.sustainableSpeed],
    ['stable up to', verdict.stableSpeed],
  ] as const;
  return (
    <section aria-labelledby="verdict-title">
      <h2 id="verdict-title">Verdict</h2>
      <p class="verdict">
        <strong data-path='["verdict","culprit"]'>{verdict.culprit}</strong>
        {verdict.pattern !== undefined && `, ${verdict.pattern}`}
        {verdict.modifiers.length > 0 && ` (${verdict.modifiers.join(', ')})`}
      </p>
      <p data-path='["verdict","text"]'>{verdict.text}</p>
      {verdict.confidence.note !== undefined && <p>{verdict.confidence.note}</p>}
      {speeds.some(([, speed]) => speed !== undefined) && (
        <p>
          {speeds
            .flatMap(([text, speed]) =>
              speed === undefined ? [] : [`${text} ${speedText(speed as number | null)}`],
            )
            .join(', ')}
          {verdict.estimated && ' (estimated)'}
        </p>
      )}
      {verdict.when.length > 0 && (
        <ul>
          {verdict.when.map(({ from, to, edge, behind }) => (
            <li key={`${edge} ${from}`}>
              {isoText(new Date(from / 1000).toISOString())} to{' '}
              {isoText(new Date(to / 1000).toISOString())}: {behind} behind on {edge}
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
                {text} <small>{evidence}</small>
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
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
