import { workMailbox } from '../../../operators/kernel/mailbox';

test('what is asked for from within waits until what is under way is over, in the order of asking', () => {
  const mailbox = workMailbox();
  const done: string[] = [];
  mailbox.post(() => {
    done.push('a>');
    mailbox.post(() => {
      done.push('b>');
      mailbox.post(() => done.push('d'));
      done.push('<b');
    });
    mailbox.post(() => done.push('c'));
    done.push('<a');
  });
  expect(done).toEqual(['a>', '<a', 'b>', '<b', 'c', 'd']);
});

test('held work is done at once, and others wait for it', () => {
  const mailbox = workMailbox();
  const done: string[] = [];
  mailbox.post(() => {
    mailbox.run(() => {
      mailbox.post(() => done.push('late'));
      done.push('held');
    });
    done.push('first');
  });
  expect(done).toEqual(['held', 'first', 'late']);
});

test('work that throws does not stop what waits', () => {
  const mailbox = workMailbox();
  const done: string[] = [];
  expect(() => {
    mailbox.post(() => {
      mailbox.post(() => done.push('next'));
      throw new Error('ouch');
    });
  }).toThrow('ouch');
  expect(done).toEqual(['next']);
});
