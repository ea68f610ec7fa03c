import { paintWith } from '../../../src/report/paint';
import type { Grade } from '../../../src/report';

const GRADES: readonly Grade[] = ['perfect', 'low', 'medium', 'high', 'n/a'];
/** What a terminal takes for colours: ESC [ number m. */
const CODE = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');

describe('paint', () => {
  const { grade, ...painters } = paintWith(true);
  const painted = [
    ...Object.values(painters),
    ...GRADES.map((of) => (text: string) => grade(of, text)),
  ];

  it('changes the look of a text and nothing else', () => {
    for (const paint of painted) {
      expect(paint('text')).not.toBe('text');
      expect(paint('text').replace(CODE, '')).toBe('text');
    }
  });

  it('tells what is good, a warning and an alarm from one another, also as grades', () => {
    const { good, warning, alarm } = painters;
    expect(new Set([good('x'), warning('x'), alarm('x')]).size).toBe(3);
    expect(GRADES.map((of) => grade(of, 'x'))).toEqual([
      good('x'),
      good('x'),
      warning('x'),
      alarm('x'),
      painters.note('x'),
    ]);
  });

  it('of no colours leaves text as it is', () => {
    const bare = paintWith(false);
    const { grade: of, ...others } = bare;
    expect(Object.values(others).map((paint) => paint('text'))).toEqual(
      Object.values(others).map(() => 'text'),
    );
    expect(GRADES.map((each) => of(each, 'text'))).toEqual(GRADES.map(() => 'text'));
  });
});
