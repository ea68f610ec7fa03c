import { Mailbox, workMailbox } from '../../../operators/kernel/mailbox';

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

test('a hundred thousand messages wait without as many frames of the stack, also where one throws', () => {
  const mailbox = workMailbox();
  let done = 0;
  expect(() => {
    mailbox.post(() => {
      for (let i = 0; i < 100_000; i += 1) {
        mailbox.post(() => {
          done += 1;
          if (i === 500) throw new Error('ouch');
        });
      }
    });
  }).toThrow('ouch');
  expect(done).toBe(100_000);
});

test('a step that its handler leaves open lasts until it is left', () => {
  const done: string[] = [];
  const mailbox = new Mailbox<string>((message) => {
    done.push(message);
    if (message.startsWith('open')) mailbox.enter();
  });
  for (const message of ['a', 'open 1', 'b', 'open 2', 'c']) mailbox.post(message);
  expect(done).toEqual(['a', 'open 1']);
  mailbox.leave();
  expect(done).toEqual(['a', 'open 1', 'b', 'open 2']);
  mailbox.leave();
  expect(done).toEqual(['a', 'open 1', 'b', 'open 2', 'c']);
});

test('says whether something waits for the end of the step', () => {
  const mailbox = workMailbox();
  const waits: boolean[] = [];
  const note = (): void => {
    waits.push(mailbox.isWaiting);
  };
  mailbox.post(() => {
    note();
    mailbox.post(note);
    note();
  });
  note();
  expect(waits).toEqual([false, true, false, false]);
});
