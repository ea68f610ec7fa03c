import { Turns } from '../../streams/turns';

test('what is asked for from within waits until what is under way is over, in the order of asking', () => {
  const turns = new Turns();
  const done: string[] = [];
  turns.take(() => {
    done.push('a>');
    turns.take(() => {
      done.push('b>');
      turns.take(() => done.push('d'));
      done.push('<b');
    });
    turns.take(() => done.push('c'));
    done.push('<a');
  });
  expect(done).toEqual(['a>', '<a', 'b>', '<b', 'c', 'd']);
});

test('held work is done at once, and others wait for it', () => {
  const turns = new Turns();
  const done: string[] = [];
  turns.take(() => {
    turns.hold(() => {
      turns.take(() => done.push('late'));
      done.push('held');
    });
    done.push('first');
  });
  expect(done).toEqual(['held', 'first', 'late']);
});

test('work that throws does not stop what waits', () => {
  const turns = new Turns();
  const done: string[] = [];
  expect(() => {
    turns.take(() => {
      turns.take(() => done.push('next'));
      throw new Error('ouch');
    });
  }).toThrow('ouch');
  expect(done).toEqual(['next']);
});
