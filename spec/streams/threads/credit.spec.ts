import { VirtualClock } from '../../../operators';
import { isOnCredit, ITEM_COLUMNS } from '../../../streams/threads/itemColumns';
import { ringMemory } from '../../../streams/threads/ring';
import { RingReader } from '../../../streams/threads/ringReader';
import { Sender } from '../../../streams/threads/sender';
import { itemAt } from './items';

/** Both ends of an edge in one thread: what the producer may send, and what the consumer finishes. */
function edge({ demand, capacity = 64 }: { demand: number; capacity?: number }) {
  const ring = ringMemory({ ...ITEM_COLUMNS, slots: 64 });
  const gate = { active: true };
  const sender = new Sender({
    ring,
    edge: 'coordinator-processor',
    scheduler: new VirtualClock(),
    capacity,
    demand,
    isGated: () => gate.active,
    dueFloor: () => -Infinity,
    onUnfinished: () => undefined,
  });
  const reader = new RingReader(ring);
  const told: boolean[] = [];
  sender.readiness.subscribe((ready) => told.push(ready));
  const finish = (count: number): void => {
    for (let i = 0; i < count; i += 1) {
      if (reader.available() === 0) throw new Error('nothing was sent');
      reader.take();
      reader.finish(0);
    }
    reader.publish();
  };
  /** Sends as long as there is credit. */
  const fill = (): number => {
    let sent = 0;
    for (; sent < 1_000 && sender.readiness.value; sent += 1) sender.push(itemAt(0));
    sender.publish();
    return sent;
  };
  return { sender, reader, gate, told, finish, fill };
}

/** A thread that is notified goes on in a later turn of its event loop. */
const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

describe('while the gate is active', () => {
  it.each([1, 2, 7, 64])('a demand of %i lets so many items be unfinished', (demand) => {
    const { fill } = edge({ demand });
    expect(fill()).toBe(demand);
  });

  it('an inbox that is smaller than the demand is the limit', () => {
    const { fill } = edge({ demand: 64, capacity: 5 });
    expect(fill()).toBe(5);
  });

  it('the producer is woken when half of the credit is back, not before', async () => {
    const { fill, finish, told } = edge({ demand: 8 });
    fill();
    finish(3);
    await soon();
    expect(told).toEqual([]);
    finish(1);
    await soon();
    expect(told).toEqual([true]);
    expect(fill()).toBe(4);
  });

  it('with a demand of 1 it is woken by each item', async () => {
    const { fill, finish, told } = edge({ demand: 1 });
    for (let i = 0; i < 3; i += 1) {
      expect(fill()).toBe(1);
      finish(1);
      await soon();
    }
    expect(told).toEqual([true, true, true]);
  });

  it('an entry says that the gate still holds its item; one sent past an open gate does not', () => {
    const { sender, reader, gate } = edge({ demand: 8 });
    sender.push(itemAt(0));
    gate.active = false;
    sender.push(itemAt(0));
    sender.publish();
    reader.available();
    const first = isOnCredit(reader.cells, reader.slot);
    reader.take();
    expect([first, isOnCredit(reader.cells, reader.slot)]).toEqual([true, false]);
  });
});
