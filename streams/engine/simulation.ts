import { Observable, Subscription } from 'rxjs';
import type { Subscriber } from 'rxjs';
import type { VirtualClock } from '../../operators';
import type { WorkMailbox } from '../../operators/kernel/mailbox';
import { ReleaseSchedule } from '../../operators/kernel/releaseSchedule';
import { FOREVER } from '../../operators/time/forever';
import { CHECK_EVERY, TimeSlice } from '../../operators/time/timeSlice';
import { timerOn } from '../../operators/time/timer';
import type { Timer } from '../../operators/time/timer';
import type { Signal } from '../bars/bar';
import type { Item } from '../bars/item';
import type { PipelineOptions } from '../pipelineOptions';
import { followControls } from './followControls';
import { SimulatedInput } from './simulatedInput';
import { SimulatedStage } from './simulatedStage';
import { newState } from './simulationState';
import type { SimulationState } from './simulationState';
import type { Stages } from './stages';

type Limits = Pick<PipelineOptions, 'inbox' | 'overflow'>;

/**
 * The stages as one discrete-event loop on a `VirtualClock`. What happens next is known here: an item is
 * released, or one of two services ends. The loop does at once what operators would notify each other
 * of: the same events, in the same order. At one instant the end of the analysis's service comes first,
 * then the processor's, then a release, then everything else that the clock has.
 *
 * @param mailbox the run's: what is posted to it takes effect between two steps
 */
export const simulate = (
  stages: Stages,
  clock: VirtualClock,
  mailbox: WorkMailbox,
  limits: Limits,
): Observable<Signal> =>
  new Observable((subscriber) => {
    new Simulation(stages, clock, mailbox, limits, subscriber).open();
  });

class Simulation {
  private readonly state: SimulationState;
  private readonly processor: SimulatedStage<Item>;
  private readonly analysis: SimulatedStage<Signal>;
  private readonly input: SimulatedInput;
  private readonly schedule: ReleaseSchedule;
  /** Set where the clock has to come to the next step on its own. */
  private readonly timer: Timer;
  private readonly slice = new TimeSlice(CHECK_EVERY);
  private readonly subscriptions = new Subscription();
  /** When the clock releases the next item; Infinity where something else does, or there is none. */
  private releaseAt = FOREVER;
  /** The loop is under way; nothing starts it once more. */
  private isRunning = true;
  /** A step is under way: what is released in it is part of it. */
  private isStepping = false;
  /** Items are being released, one after another. */
  private isReleasing = false;

  constructor(
    private readonly stages: Stages,
    clock: VirtualClock,
    private readonly mailbox: WorkMailbox,
    limits: Limits,
    private readonly subscriber: Subscriber<Signal>,
  ) {
    const { coordinator, controls } = stages;
    const state = newState(clock, controls.dueFloor);
    const shared = { state, limits, onAwaited: this.resume, onError: this.fail };
    this.state = state;
    const analysis = (this.analysis = new SimulatedStage<Signal>(stages.analysis, {
      ...shared,
      onOutputs: (signals) => {
        for (let i = 0; i < signals.length && !state.isOver; i += 1) {
          subscriber.next(signals[i] as Signal);
        }
      },
      onHolding: (holds) => {
        if (!holds) this.processor.unblock();
      },
      isFirst: false,
    }));
    const { filter } = stages.processor;
    this.processor = new SimulatedStage<Item>(stages.processor, {
      ...shared,
      onOutputs: (outputs, finish) => {
        for (let i = 0; i < outputs.length && !state.isOver; i += 1) {
          const output = outputs[i] as Item;
          output.offered = finish;
          if (filter(output)) analysis.gate.enter(output);
        }
      },
      next: analysis.gate,
      onHolding: (holds) => {
        coordinator.meter.setHolding(holds, state.now);
      },
      isFirst: true,
    });
    this.input = new SimulatedInput(stages, state, this.run);
    this.schedule = new ReleaseSchedule(clock, controls.speed);
    this.timer = timerOn(clock, () => this.run(false), 0);
  }

  open(): void {
    this.subscriber.add(() => {
      this.close();
    });
    const { state, schedule, processor, analysis } = this;
    this.subscriptions.add(
      followControls(this.stages.controls, {
        state,
        schedule,
        gates: [processor.gate, analysis.gate],
        within: this.change,
        onError: this.fail,
      }),
    );
    this.isRunning = false;
    this.run();
  }

  /** A control changed: everything that it releases at once is released now. */
  private readonly change = (work: () => boolean): void => {
    const { state, stages } = this;
    state.now = state.clock.now();
    state.dueFloor = stages.controls.dueFloor;
    this.attempt(() => {
      // Between two items of a release, that goes on by itself.
      if (work() && !this.isReleasing) this.release();
      this.arm();
    });
  };

  /** Goes on for as long as it can. The timer comes for the next step, which releases what is due itself. */
  private readonly run = (releases = true): void => {
    const { state } = this;
    if (this.isRunning || this.input.isWaiting || state.isOver) return;
    this.isRunning = true;
    this.slice.begin();
    this.attempt(() => {
      state.now = state.clock.now();
      if (releases) this.release();
      while (!this.input.isWaiting && !state.isOver && this.step());
    });
    this.isRunning = false;
    this.arm();
  };

  /** What comes next, if the clock can be moved to its time at once. */
  private step(): boolean {
    const { processor, analysis, state, mailbox } = this;
    const at = this.nextAt();
    if (at === FOREVER || !state.clock.advance(at)) return false;
    mailbox.enter();
    this.isStepping = true;
    try {
      state.now = at;
      if (analysis.finish === at) analysis.settle();
      else if (processor.finish === at) processor.settle();
      else this.releaseAt = FOREVER;
      // While the clock says when, the end of a service releases nothing.
      if (this.releaseAt === FOREVER) this.release();
    } finally {
      this.isStepping = false;
      mailbox.leave();
    }
    return true;
  }

  private nextAt(): number {
    return Math.min(this.analysis.finish, this.processor.finish, this.releaseAt);
  }

  /** The clock comes to the next step on its own. */
  private arm(): void {
    if (this.isRunning || this.state.isOver) return;
    const at = this.nextAt();
    if (at === FOREVER) this.timer.cancel();
    else this.timer.set(at);
  }

  /** A service that was awaited is over. */
  private readonly resume = (settle: () => void): void => {
    const { state, mailbox } = this;
    this.attempt(() => {
      state.now = state.clock.now();
      mailbox.run(settle);
    });
    this.run();
  };

  /** Releases what is due, or, while the clock does not say so, what the first gate has room for. */
  private release(): void {
    this.isReleasing = true;
    this.releaseAll();
    this.isReleasing = false;
  }

  private releaseAll(): void {
    const { processor, state, input } = this;
    this.releaseAt = FOREVER;
    while (!input.isWaiting && !state.isOver && (input.chunks.hasNext || input.read())) {
      if (processor.gate.isPaused || processor.gate.holds) return;
      let due = state.now;
      if (state.isClockDriven) {
        due = this.schedule.dueAt(input.chunks.peek().market / 1_000, this.origin);
        if (due > state.now) {
          this.releaseAt = due;
          return;
        }
      }
      this.releaseNext(due);
      // A control that a callback asked for takes effect before the next item of this instant.
      if (state.isClockDriven && this.mailbox.isWaiting) {
        this.releaseAt = state.now;
        return;
      }
      // Where no time passes, the event loop gets its turns all the same.
      if (processor.isReady && this.slice.isOver) input.wait(this.slice.yieldToEventLoop());
    }
    this.endIfDone();
  }

  private readonly origin = (): number => this.stages.feed.origin / 1_000;

  /** Its own step where none is under way. Not in a function: that would keep each due time in a box. */
  private releaseNext(due: number): void {
    if (this.isStepping) {
      this.releaseDue(due);
      return;
    }
    this.mailbox.enter();
    try {
      this.releaseDue(due);
    } finally {
      this.mailbox.leave();
    }
  }

  private releaseDue(due: number): void {
    const { state } = this;
    const item = this.input.chunks.take();
    this.schedule.release(item.market / 1_000);
    item.due = due;
    item.offered = due;
    const { coordinator } = this.stages;
    if (coordinator.endsWindow(item)) {
      // What ends at this instant belongs to the window that ends with it.
      for (const stage of [this.analysis, this.processor, this.analysis]) stage.catchUp(state.now);
      if (state.isOver) return;
    }
    coordinator.onRelease(item, due, state.now);
    if (!state.isOver) this.processor.gate.enter(item);
  }

  private endIfDone(): void {
    const { input, processor, analysis, state } = this;
    if (state.isOver || !input.isOver) return;
    if (input.failure !== undefined && !processor.gate.holds) {
      processor.catchUp(state.now);
      analysis.catchUp(state.now);
      throw input.failure.error;
    }
    if (!processor.end() || !analysis.end()) return;
    this.close();
    this.subscriber.complete();
  }

  private attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.fail(error);
    }
  }

  private readonly fail = (error: unknown): void => {
    if (this.state.isOver) return;
    try {
      this.close();
    } catch {
      // The error that came first is the one to report.
    }
    this.subscriber.error(error);
  };

  /** Discards and counts what is under way, and closes what is being read. */
  private close(): void {
    if (this.state.isOver) return;
    this.state.isOver = true;
    this.timer.cancel();
    this.subscriptions.unsubscribe();
    this.stages.analysis.close();
    try {
      this.analysis.close();
      this.processor.close();
    } finally {
      this.input.leave();
    }
  }
}
