import { BehaviorSubject, Observable, Subscription } from 'rxjs';
import type { Subscriber } from 'rxjs';
import type { VirtualClock } from '../../operators';
import { timerOn } from '../../operators/time/timer';
import type { Timer } from '../../operators/time/timer';
import { ChunkReader } from '../../operators/kernel/chunkReader';
import { FOREVER } from '../../operators/time/clock';
import { iteratorOf } from '../../operators/kernel/iteratorOf';
import { Ring } from '../../operators/kernel/ring';
import { CHECK_EVERY, TimeSlice } from '../../operators/time/timeSlice';
import type { Signal } from '../bars/bar';
import { SimulatedStage } from './simulatedStage';
import type { Item } from '../bars/item';
import type { Switches, UnderWay } from './operatorGraph';
import type { Stages } from './stages';

/** What goes on with what is under way, in data-driven mode at first. */
export type GoOn = (switches: Switches, underWay: UnderWay) => Observable<Signal>;

/**
 * The stages fused into one loop. Data-driven on a `VirtualClock`, whatever happens next is known here: an item
 * is released, or one of two services is over. So it is done, where operators would tell each other; what
 * happens, in which order and when, is the same, event for event.
 *
 * Of a clock that releases items, and of a service that has to be awaited, the loop knows nothing: where it
 * comes upon them, `goOn` is handed what is under way.
 */
export const simulate = (stages: Stages, clock: VirtualClock, goOn: GoOn): Observable<Signal> =>
  new Observable((subscriber) => {
    new Simulation(stages, clock, goOn, subscriber).open();
  });

class Simulation {
  private readonly processor: SimulatedStage<Item>;
  private readonly analysis: SimulatedStage<Signal>;
  private readonly chunks: ChunkReader<Item>;
  /** Set where the clock has to come to the next step by itself. */
  private readonly timer: Timer;
  private readonly turn = new TimeSlice(CHECK_EVERY);
  private readonly switches = new Subscription();
  private now = 0;
  /** At the first gate; the next item is released when none is. */
  private held: Item | undefined;
  /** At the second gate: what the processor made of one item. */
  private readonly queue = new Ring<Item>();
  private paused = false;
  private running = true;
  /** A chunk is being waited for, or a turn of the event loop. */
  private waiting = false;
  /** Something has come up that is not for this loop. */
  private leaves = false;
  /** It is over, one way or another. */
  private left = false;

  constructor(
    private readonly stages: Stages,
    private readonly clock: VirtualClock,
    private readonly goOn: GoOn,
    private readonly subscriber: Subscriber<Signal>,
  ) {
    this.analysis = new SimulatedStage(stages.analysis, stages, this.failed);
    this.processor = new SimulatedStage(stages.processor, stages, this.failed);
    this.chunks = new ChunkReader(iteratorOf(stages.feed.chunks()), stages.coordinator.onPull);
    this.timer = timerOn(clock, () => {
      this.run();
    });
  }

  open(): void {
    const { controls } = this.stages;
    this.subscriber.add(() => {
      this.letGo();
    });
    this.heed(controls.paused$, (paused) => {
      this.paused = paused;
    });
    this.heed(controls.clockDriven$, (clockDriven) => {
      this.leaves ||= clockDriven;
    });
    this.running = false;
    this.run();
  }

  private heed(values: Observable<boolean>, changed: (value: boolean) => void): void {
    this.switches.add(
      values.subscribe({
        next: (value) => {
          changed(value);
          this.run();
        },
        error: this.failed,
      }),
    );
  }

  /** Goes on for as long as it can; what is asked for meanwhile is seen to at the next step. */
  private run(): void {
    if (this.running || this.left) return;
    this.running = true;
    try {
      if (!this.waiting) this.proceed();
      if (this.leaves && !this.left) this.handOver();
    } catch (error) {
      this.failed(error);
    } finally {
      this.running = false;
    }
  }

  /** Nothing is to be done here for the time being, or any more. */
  private get rests(): boolean {
    return this.waiting || this.left;
  }

  private proceed(): void {
    this.timer.cancel();
    this.turn.begin();
    this.now = this.clock.now();
    this.release();
    while (!this.leaves && !this.rests && this.step());
  }

  /** What comes next, if its time can come at once: the end of one of the two services. */
  private step(): boolean {
    const { processor, analysis } = this;
    const isAnalysis = analysis.finish <= processor.finish;
    const at = isAnalysis ? analysis.finish : processor.finish;
    if (at === FOREVER) {
      this.endIfDone();
      return false;
    }
    if (!this.clock.advance(at)) {
      this.timer.set(at);
      return false;
    }
    this.now = at;
    if (isAnalysis) {
      this.analysed();
      this.drain();
    } else this.processed();
    this.release();
    return true;
  }

  /** Items are released: into the processor while it is ready, and one into the gate. */
  private release(): void {
    const { processor, stages } = this;
    const { meter, onRelease: released } = stages.coordinator;
    while (!this.paused && !this.leaves && !this.rests) {
      const { held, now } = this;
      if (held !== undefined) {
        if (!processor.isReady) return;
        this.held = undefined;
        this.toProcessor(held);
        meter.setHolding(false, now);
      } else {
        const item = this.take();
        if (item === undefined) return;
        released(item, now, now);
        if (this.left) return;
        if (processor.isReady && !this.paused) this.toProcessor(item);
        else {
          this.held = item;
          meter.setHolding(true, now);
        }
      }
      // Where no time passes, the event loop is to have its turn all the same.
      if (processor.isReady && this.turn.isOver) this.wait(this.turn.yieldToEventLoop());
    }
  }

  /** The next item; none where one has to be waited for, or there is none any more. */
  private take(): Item | undefined {
    const { chunks } = this;
    while (!chunks.hasNext) {
      if (chunks.isOver) return undefined;
      const later = chunks.ask();
      if (this.left) return undefined;
      if (later === undefined) continue;
      this.wait(later);
      return undefined;
    }
    return chunks.take();
  }

  /** The clock stands still until that is there. */
  private wait(later: PromiseLike<void>): void {
    this.waiting = true;
    const hold = this.clock.hold();
    this.subscriber.add(hold);
    later.then(() => {
      this.waiting = false;
      this.run();
      hold.unsubscribe();
    }, this.failed);
  }

  private toProcessor(item: Item): void {
    const { processor, now } = this;
    item.due = now;
    processor.begin(item, now);
    if (!this.left && processor.finish <= now) this.processed();
  }

  /** The processor's service is over: its outputs go to the second gate. */
  private processed(): void {
    const { processor, analysis, stages, queue } = this;
    const { finish } = processor;
    const outputs = processor.end();
    for (let i = 0; i < outputs.length && !this.left; i += 1) {
      const output = outputs[i] as Item;
      if (!stages.processor.passes(output)) continue;
      if (queue.length === 0 && analysis.isReady) this.toAnalysis(output);
      else queue.push(output);
    }
    if (!this.left && queue.length > 0) processor.block(finish);
  }

  private toAnalysis(item: Item): void {
    const { analysis, now } = this;
    analysis.begin(item, now);
    if (this.left) return;
    if (analysis.isPending) this.leaves = true;
    else if (analysis.finish <= now) this.analysed();
  }

  /** The analysis's service is over: its outputs are the run's. */
  private analysed(): void {
    const { analysis, subscriber } = this;
    const signals = analysis.end();
    for (let i = 0; i < signals.length && !this.left; i += 1) subscriber.next(signals[i] as Signal);
  }

  /** The second gate lets go what it holds, and then the processor. */
  private drain(): void {
    const { processor, analysis, queue } = this;
    while (queue.length > 0 && analysis.isReady && !this.left) {
      this.toAnalysis(queue.shift() as Item);
    }
    if (queue.length > 0 || this.left || processor.blockedSince === FOREVER) return;
    processor.unblock(this.now);
  }

  private endIfDone(): void {
    const { chunks, subscriber } = this;
    if (this.held !== undefined || chunks.hasNext || !chunks.isOver) return;
    this.close();
    subscriber.complete();
  }

  /** Whatever is under way goes on elsewhere: at first as it has gone on here, then as the switches are. */
  private handOver(): void {
    const { stages, subscriber, chunks, processor, analysis } = this;
    const { meter } = stages.coordinator;
    const { clockDriven$, gated$ } = stages.controls;
    const clockDriven = new BehaviorSubject(false);
    const gated = new BehaviorSubject(true);
    const goingOn = this.goOn(
      { clockDriven$: clockDriven, gated$: gated },
      {
        leftOff: { chunks, time: meter.marketTime },
        processor: processor.leave(this.atFirstGate()),
        analysis: analysis.leave(this.atSecondGate()),
      },
    );
    this.leave();
    // Another gate says for itself whether it holds something.
    if (this.held !== undefined) meter.setHolding(false, this.clock.now());
    goingOn.subscribe(subscriber);
    if (subscriber.closed) return;
    subscriber.add(clockDriven$.subscribe(clockDriven));
    subscriber.add(gated$.subscribe(gated));
  }

  private readonly failed = (error: unknown): void => {
    // What was handed over fails by itself.
    if (this.left) return;
    try {
      this.letGo();
    } catch {
      // The error at hand came first: it is the one to tell.
    }
    this.subscriber.error(error);
  };

  /** Discards and counts what is under way, and frees what is being read. */
  private letGo(): void {
    if (this.left) return;
    this.leave();
    this.stages.analysis.close();
    try {
      this.close();
    } finally {
      this.chunks.leave();
    }
  }

  private leave(): void {
    this.left = true;
    this.timer.cancel();
    this.switches.unsubscribe();
  }

  /** The last counts leave, and what is under way is counted as discarded. */
  private close(): void {
    const now = this.clock.now();
    this.processor.close(this.atFirstGate(), now);
    this.analysis.close(this.atSecondGate(), now);
  }

  private atFirstGate(): readonly Item[] {
    return this.held === undefined ? [] : [this.held];
  }

  private atSecondGate(): readonly Item[] {
    const items: Item[] = [];
    while (this.queue.length > 0) items.push(this.queue.shift() as Item);
    return items;
  }
}
