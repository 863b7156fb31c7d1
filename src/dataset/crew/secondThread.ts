import type { MessagePort } from 'node:worker_threads';
import { recordTask } from '../stamps/recordingSource';
import type { FileSource } from '../types';
import type { Done } from './crew';
import { fileTasks } from './tasks';

/** Slots of the buffer that both threads share. */
export const crewSlots = { ready: 0, answers: 1, count: 2 } as const;

/** What the second thread is started with. */
export interface SecondJob {
  readonly crewPort: MessagePort;
  readonly crewShared: SharedArrayBuffer;
}

/** One task for the second thread. */
export interface Question {
  readonly id: number;
  readonly task: string;
  readonly input: unknown;
}

/** What it gave; without `done` it threw, and is left to the one who asked. */
export interface Answer {
  readonly id: number;
  readonly done?: Done<unknown>;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Whether a thread was started as the second one. */
export const isSecondJob = (value: unknown): value is SecondJob =>
  isObject(value) && 'crewPort' in value && 'crewShared' in value;

/** Whether a message is an answer. */
export const isAnswer = (value: unknown): value is Answer =>
  isObject(value) && 'id' in value && typeof value.id === 'number';

const answerTo = ({ id, task, input }: Question, source: FileSource): Answer => {
  const found = fileTasks.find((one) => one.id === task);
  if (found === undefined) return { id };
  try {
    return { id, done: recordTask(found, source, input) };
  } catch {
    return { id };
  }
};

/** Does the tasks that come through the port, one after the other, until the port is closed. */
export const serveTasks = ({ crewPort, crewShared }: SecondJob, source: FileSource): void => {
  const shared = new Int32Array(crewShared);
  crewPort.on('message', (question: Question) => {
    crewPort.postMessage(answerTo(question, source));
    Atomics.add(shared, crewSlots.answers, 1);
    Atomics.notify(shared, crewSlots.answers);
  });
  Atomics.store(shared, crewSlots.ready, 1);
};
