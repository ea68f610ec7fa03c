import { every, minuteOf, planted, S } from './plant';
import type { Planted } from './plant';

const asJson = async (plant: Planted): Promise<Record<string, unknown>> =>
  JSON.parse(JSON.stringify(await planted(plant))) as Record<string, unknown>;

const number = expect.any(Number) as number;
const text = expect.any(String) as string;

describe('the verdict as JSON', () => {
  it('has speeds and shares as numbers, times in microseconds, counts as digits', async () => {
    const { verdict, actions } = await asJson({
      times: every(S, 600),
      strategies: { spin: (bar) => (minuteOf(bar) === 5 ? 25 : 1) },
      options: { speed: 100 },
    });
    expect(verdict).toEqual({
      culprit: 'analysis',
      culprits: ['analysis'],
      shielded: [],
      tandem: false,
      scope: 'run',
      pattern: 'overload',
      modifiers: [],
      text,
      when: [
        {
          from: number,
          to: number,
          edge: 'processor-analysis',
          behind: expect.stringMatching(/^\d+$/) as string,
          share: number,
        },
      ],
      sustainableSpeed: number,
      stableSpeed: number,
      estimated: false,
      confidence: { runQueueShare: null, gcShare: 0 },
    });
    expect(actions).toEqual([
      {
        kind: 'faster-stage',
        stage: 'analysis',
        strategy: 'spin',
        text,
        evidence: text,
        effect: { sustainableSpeed: number, stableSpeed: number },
      },
    ]);
  });

  it('has null for a speed without bound', async () => {
    const { verdict } = await asJson({ times: every(S, 60), strategies: { spin: () => 0 } });
    expect(verdict).toMatchObject({ sustainableSpeed: null, stableSpeed: null });
  });
});
