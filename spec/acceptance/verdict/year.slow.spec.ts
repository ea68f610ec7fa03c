import { DAY, MINUTE, planted, START } from './plant';

const SESSIONS = 250;
const SESSION = 390;
const SYMBOLS = Array.from({ length: 25 }, (_, index) => `S${index}`);

/** Five sessions a week, with nights and weekends between. */
const sessionAt = (number: number): number => Math.floor(number / 5) * 7 * DAY + (number % 5) * DAY;

function* minutes(): Generator<number> {
  for (let session = 0; session < SESSIONS; session += 1) {
    for (let minute = 0; minute < SESSION; minute += 1) yield sessionAt(session) + minute * MINUTE;
  }
}

it('a year of minutes with one bad one: that minute', async () => {
  const bad = sessionAt(123) + 200 * MINUTE;
  const { verdict, edges } = await planted({
    times: minutes(),
    symbols: SYMBOLS,
    length: MINUTE,
    // At 60 a minute lasts a second: 25 ms of work, and 2.5 s in the bad one.
    strategies: { spin: ({ start }) => (start === START + bad ? 100 : 1) },
    options: { speed: 60, recordTimings: false },
  });
  expect(edges['processor-analysis']).toMatchObject({ grade: 'low', delivered: '2437500' });
  expect(verdict).toMatchObject({ culprit: 'analysis', scope: 'minutes', modifiers: [] });
  expect(verdict.when).toHaveLength(1);
  expect(verdict.when[0]).toMatchObject({ from: START + bad, edge: 'processor-analysis' });
  const day = new Date((START + bad) / 1_000).toISOString();
  expect(verdict.text).toContain(`it keeps up except ${day.slice(0, 10)} ${day.slice(11, 16)}–`);
}, 300_000);
