import { MessageChannel, Worker, receiveMessageOnPort } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { recordTask } from '../stamps/recordingSource';
import type { FileSource, FileTask } from '../types';
import type { Crew, Done } from './crew';
import { crewSlots, isAnswer } from './secondThread';
import type { Answer, Question, SecondJob } from './secondThread';

/** Tasks that wait at the second thread while it does one. */
const depth = 3;
/** Inputs taken before the output of the first of them was handed on. */
const ahead = 8;
/** Work that is over sooner is not worth a thread. */
const aloneMs = 16;
/** How long a look out for answers lasts until the owner is asked whether to go on. */
const waitMs = 20;
/** A thread that answers nothing for so long is taken for lost: its tasks are done here. */
const lostMs = 5000;

/** The other end of a channel, and the thread there. */
interface Second {
  readonly port: MessagePort;
  readonly shared: Int32Array;
  readonly worker: Worker;
}

const startSecond = (workerPath: string): Second | null => {
  const { port1, port2 } = new MessageChannel();
  const crewShared = new SharedArrayBuffer(4 * crewSlots.count);
  const job: SecondJob = { crewPort: port2, crewShared };
  try {
    const worker = new Worker(workerPath, { workerData: job, transferList: [port2] });
    // Failures show as silence: this thread does not come round to events while it scans.
    worker.on('error', () => undefined);
    worker.unref();
    return { port: port1, shared: new Int32Array(crewShared), worker };
  } catch {
    port1.close();
    return null;
  }
};

/** An input whose output has not been handed on yet. */
interface Slot<Input, Output> {
  readonly input: Input;
  asked?: number;
  done?: Done<Output>;
}

/**
 * A crew of this thread and a second one, which is started once there is enough to do. Both take
 * inputs; while the second thread has the next one in order, this one does a later one. Without a
 * second thread, or when it is lost, everything is done here.
 */
export class Pair implements Crew {
  /** Tasks that the second thread did. */
  helped = 0;
  private second: Second | null | undefined;
  private nextId = 0;
  private readonly answers = new Map<number, Answer>();
  private readonly open = new Set<number>();

  constructor(
    private readonly source: FileSource,
    private readonly workerPath: string,
    private readonly checkCancelled: () => void,
    private readonly limits = { aloneMs, lostMs },
  ) {}

  *inOrder<Input, Output>(
    task: FileTask<Input, Output>,
    inputs: Iterable<Input>,
  ): Iterable<Done<Output>> {
    const rest = inputs[Symbol.iterator]();
    const queue: Slot<Input, Output>[] = [];
    const take = (): Slot<Input, Output> | undefined => {
      const next = queue.length < ahead ? rest.next() : undefined;
      if (next === undefined || next.done === true) return undefined;
      const slot = { input: next.value };
      queue.push(slot);
      return slot;
    };
    const startedMs = performance.now();
    try {
      for (;;) {
        if (performance.now() - startedMs > this.limits.aloneMs) this.expectWork();
        // One for this thread first, then as many as the second one takes.
        let own =
          queue.find((slot) => slot.asked === undefined && slot.done === undefined) ?? take();
        while (this.hasRoom()) {
          const slot = take();
          if (slot === undefined) break;
          slot.asked = this.ask(task.id, slot.input);
        }
        const [head] = queue;
        if (head === undefined) return;
        this.collect(head, task);
        own ??= queue.find((slot) => slot.asked === undefined && slot.done === undefined);
        if (head.done !== undefined) {
          queue.shift();
          yield head.done;
        } else if (own !== undefined) own.done = this.doHere(task, own.input);
        else this.wait(head);
      }
    } finally {
      for (const { asked } of queue) if (asked !== undefined) this.forget(asked);
    }
  }

  expectWork(): void {
    if (this.second === undefined) this.second = startSecond(this.workerPath);
  }

  close(): void {
    this.second?.port.close();
    void this.second?.worker.terminate();
    this.second = null;
  }

  private hasRoom(): boolean {
    return (
      this.second != null &&
      this.open.size < depth &&
      Atomics.load(this.second.shared, crewSlots.ready) === 1
    );
  }

  private ask(task: string, input: unknown): number {
    const id = this.nextId++;
    const question: Question = { id, task, input };
    this.second?.port.postMessage(question);
    this.open.add(id);
    return id;
  }

  /** Takes what has come meanwhile, and of it what a slot waits for. */
  private collect<Input, Output>(slot: Slot<Input, Output>, task: FileTask<Input, Output>): void {
    if (this.second != null)
      for (;;) {
        const message: unknown = receiveMessageOnPort(this.second.port)?.message;
        if (!isAnswer(message)) break;
        if (this.open.delete(message.id)) this.answers.set(message.id, message);
      }
    if (slot.asked === undefined) return;
    const answer = this.answers.get(slot.asked);
    if (answer === undefined && this.second != null) return;
    this.answers.delete(slot.asked);
    delete slot.asked;
    const output = answer?.done?.output;
    if (answer?.done !== undefined && task.isOutput(output)) {
      this.helped++;
      slot.done = { output, stamps: answer.done.stamps };
    }
  }

  private doHere<Input, Output>(task: FileTask<Input, Output>, input: Input): Done<Output> {
    return recordTask(task, this.source, input);
  }

  private wait(slot: { readonly asked?: number }): void {
    const { second } = this;
    if (second == null || slot.asked === undefined) return;
    for (let waited = 0; waited < this.limits.lostMs; waited += waitMs) {
      const seen = Atomics.load(second.shared, crewSlots.answers);
      if (this.hasAnswer(second)) return;
      Atomics.wait(second.shared, crewSlots.answers, seen, waitMs);
      this.checkCancelled();
    }
    this.close();
  }

  /** Whether an answer lies at the port: it is taken. */
  private hasAnswer(second: Second): boolean {
    const message: unknown = receiveMessageOnPort(second.port)?.message;
    if (!isAnswer(message)) return false;
    if (this.open.delete(message.id)) this.answers.set(message.id, message);
    return true;
  }

  private forget(id: number): void {
    this.open.delete(id);
    this.answers.delete(id);
  }
}
