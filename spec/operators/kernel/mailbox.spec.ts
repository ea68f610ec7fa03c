import { Mailbox } from '../../../operators/kernel/mailbox';

test('what is asked for from within waits until what is under way is over, in the order of asking', () => {
  const turns = new Mailbox();
  const done: string[] = [];
  turns.post(() => {
    done.push('a>');
    turns.post(() => {
      done.push('b>');
      turns.post(() => done.push('d'));
      done.push('<b');
    });
    turns.post(() => done.push('c'));
    done.push('<a');
  });
  expect(done).toEqual(['a>', '<a', 'b>', '<b', 'c', 'd']);
});

test('held work is done at once, and others wait for it', () => {
  const turns = new Mailbox();
  const done: string[] = [];
  turns.post(() => {
    turns.run(() => {
      turns.post(() => done.push('late'));
      done.push('held');
    });
    done.push('first');
  });
  expect(done).toEqual(['held', 'first', 'late']);
});

test('work that throws does not stop what waits', () => {
  const turns = new Mailbox();
  const done: string[] = [];
  expect(() => {
    turns.post(() => {
      turns.post(() => done.push('next'));
      throw new Error('ouch');
    });
  }).toThrow('ouch');
  expect(done).toEqual(['next']);
});
