import { setTimeout as wait } from 'node:timers/promises';
import type { Consumer, JsMsg } from '@nats-io/jetstream';
import { causeText } from '../../../streams/causeText';
import { openNats } from '../../../streams/nats/openNats';
import type { Nats, NatsOptions } from '../../../streams/nats/openNats';
import { untilAnswered } from '../../../streams/nats/untilAnswered';
import { runInThread } from '../runInThread';
import type { ThreadTask } from '../runInThread';
import type { Task, TaskOptions } from '../task';
import { lastState, publishState } from './states';
import { ensureStreams, stateSubjectOf, TASKS, WORKERS } from './subjects';
import { decodeTask } from './wireTask';
import type { TaskFolders } from './wireTask';

/** What a worker says of a task. */
export interface Worked {
  readonly task: string;
  readonly attempt: number;
  readonly outcome: 'done' | 'was there' | 'failed' | 'given up' | 'stopped';
  readonly why?: string;
  readonly ms: number;
}

export interface WorkerOptions extends NatsOptions {
  readonly folders: TaskFolders;
  /** How many tasks run at a time. */
  readonly slots: number;
  /** Milliseconds without a sign of life after which the server gives a task to another worker. */
  readonly ackWait: number;
  /** How often a task is tried before it is given up. */
  readonly attempts: number;
  /** Milliseconds without a task after which the worker ends; never unless given. */
  readonly idle?: number | undefined;
  /** What the options of a task mean; throws for those that no task has. */
  readonly read: (options: TaskOptions) => Pick<ThreadTask, 'reading' | 'options'>;
  /** Aborted, no task is begun any more. */
  readonly finish: AbortSignal;
  /** Aborted, tasks are handed back. */
  readonly stop: AbortSignal;
  readonly onTask: (worked: Worked) => void;
}

/** Milliseconds that the server holds a request for a task. */
const LONGEST_REQUEST = 2_000;
/** Milliseconds until a task that failed is tried again, on this worker or another. */
const RETRY_WAIT = 500;

/**
 * Takes tasks from the queue, one at a time in each slot, and keeps their states on the server. The state
 * is there before the task is acknowledged: a worker that dies in between leaves a task that is handed out
 * once more and whose state is there already.
 */
export async function work(url: string, options: WorkerOptions): Promise<void> {
  const nats = await openNats(url, options);
  try {
    await untilAnswered(nats, () => ensureStreams(nats));
    await untilAnswered(nats, () =>
      nats.manager.consumers.add(TASKS, {
        durable_name: WORKERS,
        ack_policy: 'explicit',
        ack_wait: options.ackWait * 1e6,
        max_deliver: -1,
        max_ack_pending: 100_000,
      }),
    );
    const consumer = await untilAnswered(nats, () => nats.jetstream.consumers.get(TASKS, WORKERS));
    await Promise.all(Array.from({ length: options.slots }, () => serve(nats, consumer, options)));
  } finally {
    await nats.close();
  }
}

async function serve(nats: Nats, consumer: Consumer, options: WorkerOptions): Promise<void> {
  let since = performance.now();
  while (!options.finish.aborted) {
    // One at a time: what a client holds ready, no other worker gets.
    const message = await nextTask(consumer, options);
    if (message !== undefined) {
      await attempt(nats, message, options);
      since = performance.now();
    } else if (options.idle !== undefined && performance.now() - since >= options.idle) return;
  }
}

async function nextTask(
  consumer: Consumer,
  { idle = Infinity, ackWait }: WorkerOptions,
): Promise<JsMsg | undefined> {
  const expires = Math.max(1_000, Math.min(LONGEST_REQUEST, idle, ackWait));
  try {
    return (await consumer.next({ expires })) ?? undefined;
  } catch {
    // The server is away, or restarts.
    await wait(RETRY_WAIT);
    return undefined;
  }
}

/** Tries a task: this thread says that it is alive, another one works. */
async function attempt(nats: Nats, message: JsMsg, options: WorkerOptions): Promise<void> {
  const began = performance.now();
  const subject = stateSubjectOf(message.subject);
  const number = message.info.deliveryCount;
  const report = (outcome: Worked['outcome'], task: string, why?: string): void => {
    options.onTask({
      ...{ task, attempt: number, outcome, ms: performance.now() - began },
      ...(why === undefined ? {} : { why }),
    });
  };
  const alive = setInterval(() => {
    message.working();
  }, options.ackWait / 4);
  try {
    const name = subject.split('.').at(-1) ?? '';
    const known = await lastState(nats, subject);
    if (known?.status === 'done') {
      await acknowledge(message);
      report('was there', known.id);
      return;
    }
    const { task, outcome } = await outcomeOf(message, number, options);
    const { id = name, part = '', strategies = [] } = task ?? {};
    const member = { id, part, strategies: [...strategies], attempt: number };
    let why = 'why' in outcome ? outcome.why : undefined;
    if ('checkpoint' in outcome) {
      try {
        await publishState(nats, subject, { ...member, ...outcome, status: 'done' });
        await acknowledge(message);
        report('done', id);
        return;
      } catch (error) {
        why = causeText(error);
      }
    }
    if (why === undefined) {
      message.nak();
      report('stopped', id);
      return;
    }
    if (number < options.attempts) {
      message.nak(RETRY_WAIT);
      report('failed', id, why);
      return;
    }
    await publishState(nats, subject, {
      ...member,
      status: 'failed',
      why: `given up after ${Math.min(number, options.attempts)} attempts: ${why}`,
    });
    await acknowledge(message);
    report('given up', id, why);
  } finally {
    clearInterval(alive);
  }
}

interface Attempted {
  /** Undefined where the message holds none. */
  readonly task?: Task;
  readonly outcome: Awaited<ReturnType<typeof runInThread>>;
}

async function outcomeOf(
  message: JsMsg,
  number: number,
  { folders, read, attempts, stop }: WorkerOptions,
): Promise<Attempted> {
  if (number > attempts) {
    return { outcome: { why: 'each worker that had it ended without an answer' } };
  }
  let task: Task | undefined;
  try {
    task = decodeTask(message.string(), folders);
    const { files, strategies, options } = task;
    const outcome = await runInThread({ files, strategies, ...read(options) }, stop);
    return { task, outcome };
  } catch (error) {
    return { ...(task === undefined ? {} : { task }), outcome: { why: causeText(error) } };
  }
}

/** Milliseconds, and how often: a task that is not acknowledged is handed out again and found done. */
const ACK_TIMEOUT = 2_000;
const ACK_TRIES = 5;

async function acknowledge(message: JsMsg): Promise<void> {
  for (let tries = 0; tries < ACK_TRIES; tries += 1) {
    try {
      if (await message.ackAck({ timeout: ACK_TIMEOUT })) return;
    } catch {
      await wait(RETRY_WAIT);
    }
  }
}
