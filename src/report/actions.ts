import type { StageName } from '../../streams/events';
import type { Action, ActionRule } from './action';
import { analysisActions } from './actionsAnalysis';
import { processorActions } from './actionsProcessor';
import { overloadActions, sourceActions } from './actionsSystem';
import type { Evidence } from './evidence';
import { isPressed } from './grades';
import type { KnownCapacity } from './knownCapacity';
import { isShielded, type Verdict } from './verdict';

interface Need {
  readonly rules: readonly ActionRule[];
  readonly isNeeded: boolean;
  /** How much it hurts; a culprit more than anybody else. */
  readonly pressure: number;
}

const blames = ({ culprit }: Verdict, stage: StageName): boolean =>
  culprit === stage || (culprit === 'both' && stage !== 'coordinator');

function needs(evidence: Evidence, verdict: Verdict): Need[] {
  const { edges, stages } = evidence;
  const first = edges['coordinator-processor'];
  const second = edges['processor-analysis'];
  const hurt = (stage: StageName, behindShare: number): number =>
    (blames(verdict, stage) ? 1 : 0) + Math.max(behindShare, stages[stage].busyShare / 2);
  const processor = hurt('processor', first.behindShare);
  const analysis = hurt('analysis', second.behindShare);
  return [
    {
      rules: sourceActions,
      isNeeded: blames(verdict, 'coordinator'),
      pressure: 1 + stages.coordinator.busyShare,
    },
    {
      rules: processorActions,
      isNeeded: isPressed(first.grade) || blames(verdict, 'processor'),
      pressure: processor,
    },
    {
      rules: analysisActions,
      isNeeded: isPressed(second.grade) || blames(verdict, 'analysis') || isShielded(evidence),
      pressure: analysis,
    },
    {
      rules: overloadActions,
      isNeeded: isPressed(first.grade) && isPressed(second.grade),
      pressure: Math.max(processor, analysis),
    },
  ];
}

/**
 * The guide's optimisation actions, those that apply to this run. What hurts most comes first, and
 * within it the action that can touch the largest part of it; the guide's order decides ties. Where
 * the capacity is known, they say what they would do to it.
 */
export function actionsFor(
  evidence: Evidence,
  verdict: Verdict,
  capacity?: KnownCapacity,
): Action[] {
  const argue = (rule: ActionRule): string => {
    const figure = capacity === undefined ? undefined : rule.figure?.(evidence, capacity);
    const argument = rule.evidence(evidence);
    return figure === undefined ? argument : `${argument}; ${figure}`;
  };
  return needs(evidence, verdict)
    .filter(({ isNeeded }) => isNeeded)
    .flatMap(({ rules, pressure }) =>
      rules
        .filter((rule) => rule.applies(evidence))
        .map((rule) => ({ rule, rank: pressure * rule.weight(evidence) })),
    )
    .sort((a, b) => b.rank - a.rank)
    .map(({ rule }) => ({ text: rule.text, evidence: argue(rule) }));
}
