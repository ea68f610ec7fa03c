import type { Row } from '../frame/table';
import { agreementCell, PLAN } from '../threads/agreementCell';
import type { AgreementPlan } from '../threads/agreementCell';

export const nameOf = ({ utilization, gapMs, service }: AgreementPlan): string =>
  `${gapMs}ms-${utilization.join('-')}${service === 'constant' ? '-constant' : ''}`;

function titleOf({ utilization, gapMs, service, judged }: AgreementPlan): string {
  const services = service === 'constant' ? ', constant services' : '';
  return `gap ${gapMs} ms, utilization ${utilization.join('/')}${services}${judged ? '' : ' (not judged)'}`;
}

/** Runs of the threads, of the recursion and of the simulation, in one process; shares of 1. */
const agreementRow = (plan: AgreementPlan): Row => ({
  name: nameOf(plan),
  title: titleOf(plan),
  compared: false,
  inSmoke: plan.gapMs === 1 && plan.utilization.every((share) => share === 0.5),
  prepare:
    ({ size, seed }) =>
    async () => {
      const { edges, stages, others } = await agreementCell(plan, size, seed);
      const figures: Record<string, number> = { others };
      for (const index of [0, 1] as const) {
        const numbers = { ...edges[index], ...stages[index] };
        for (const [name, value] of Object.entries(numbers)) figures[`${name}${index}`] = value;
      }
      return { items: size, figures };
    },
});

export const ROWS: readonly Row[] = PLAN.map(agreementRow);
