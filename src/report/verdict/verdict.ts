import type { StageName } from '../../../streams/events';
import { edgesOf } from '../../metrics';
import type { MetricsState } from '../../metrics';
import { sharesOf } from '../grades';
import { accusedIn, culpritOf } from './accused';
import { calmText } from './calm';
import { confidenceOf } from './confidence';
import { coordinatorLag, handOverText } from './coordinator';
import { paceOf, paceText } from './dataDriven';
import {
  accusation,
  latenessText,
  modifierTexts,
  shieldedText,
  speedsText,
  tandemText,
  whenText,
} from './texts';
import type { Speeds } from './texts';
import type { Verdict } from './verdictSchema';
import { whenOf } from './when';
import { isWarmUp, modifiersOf, patternOf } from './why';

const isDataDriven = (state: MetricsState): boolean =>
  edgesOf(state.topology).every(({ name }) => sharesOf(name, state).grade === 'n/a');

function dataDriven(state: MetricsState, speeds: Speeds | undefined): Verdict {
  const isTimed = state.run.configuration?.timings ?? true;
  const pace = isTimed ? paceOf(state) : undefined;
  const modifiers = modifiersOf(state, [], undefined).filter((name) => name !== 'warm-up');
  const text = !isTimed
    ? 'Service times were not measured.'
    : pace === undefined
      ? 'Data-driven: no service took any time that could be measured.'
      : paceText(pace);
  return {
    culprit: pace?.slowest ?? 'none',
    culprits: pace === undefined ? [] : [pace.slowest],
    shielded: [],
    tandem: false,
    scope: 'run',
    modifiers,
    text: [text, ...modifierTexts(state, modifiers), speedsText(speeds)].filter(Boolean).join(' '),
    when: [],
    ...speedsIn(speeds),
    ...confidenceOf(state, speeds),
  };
}

const speedsIn = (
  speeds: Speeds | undefined,
): Partial<Pick<Verdict, 'sustainableSpeed' | 'stableSpeed'>> & Pick<Verdict, 'estimated'> =>
  speeds === undefined
    ? { estimated: false }
    : {
        sustainableSpeed: speeds.sustainableSpeed,
        stableSpeed: speeds.stableSpeed,
        estimated: speeds.estimated,
      };

/** Who, why, when, how fast and how sure, by the rules of the design. A pure function. */
export function verdictOf(state: MetricsState, speeds?: Speeds): Verdict {
  if (isDataDriven(state)) return dataDriven(state, speeds);
  const warms = Object.keys(state.evidence).some((stage) => isWarmUp(state, stage));
  const accused = accusedIn(state, warms);
  const lag = coordinatorLag(state);
  const { stages, shielded, isTandem, scope } = accused;
  const culprits: readonly StageName[] = lag === undefined ? stages : ['coordinator', ...stages];
  const pattern = patternOf(state, stages);
  const when = whenOf(state, accused);
  const modifiers = modifiersOf(state, stages, pattern);
  const sentences = [
    lag ?? '',
    ...stages.map((stage) =>
      accusation(state, accused, stage, patternOf(state, [stage]) ?? pattern, when),
    ),
    culprits.length === 0 ? calmText(state) : '',
    culprits.length === 0 ? '' : handOverText(state),
    tandemText(state, accused),
    shieldedText(state, shielded),
    whenText(state, accused, when),
    ...modifierTexts(state, modifiers),
    latenessText(state),
    speedsText(speeds),
  ];
  const { confidence } = confidenceOf(state, speeds);
  return {
    culprit: culpritOf(culprits),
    culprits,
    shielded,
    tandem: isTandem,
    scope,
    ...(pattern === undefined ? {} : { pattern }),
    modifiers,
    text: sentences.filter((sentence) => sentence !== '').join(' '),
    when,
    ...speedsIn(speeds),
    confidence,
  };
}
