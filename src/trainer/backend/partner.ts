import { once } from 'node:events';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { LongtailError } from '../../common/errors';
import type { LayerSpec } from '../models/types';
import type { FrozenWeights } from '../pretrained/fold';
import type { PretrainedNet } from '../pretrained/netTypes';
import { LinkError, createLink, createLinkMemory } from './link';
import type { Link, LinkMemory, Shares } from './link';
import type { Shape } from './types';

/** What the second thread is asked; the numbers that go with it lie in `data`, one after the other. */
export type PartnerRequest =
  | {
      /** Builds a backbone, to be known by its number. */
      readonly kind: 'open';
      readonly network: number;
      readonly specs: readonly LayerSpec[];
      readonly inputShape: Shape;
    }
  | {
      /** Weights, then input rows → output rows. A training pass is kept under its number. */
      readonly kind: 'forward';
      readonly network: number;
      /** The whole backbone, or the way through its first or second branch. */
      readonly way: number;
      readonly pass: number | null;
      readonly shape: Shape;
      readonly shares: Shares;
    }
  | {
      /** Outer gradient → gradients by name in order of weights, then of the input if asked for. */
      readonly kind: 'backward';
      readonly pass: number;
      readonly shape: Shape;
      readonly shares: Shares;
      readonly inputGradient: boolean;
    }
  | {
      /** Makes a frozen network, to be known by its number. */
      readonly kind: 'freeze';
      readonly network: number;
      readonly net: PretrainedNet;
      readonly weights: FrozenWeights;
    }
  | {
      /** Pictures as bytes → features of a frozen network. */
      readonly kind: 'extract';
      readonly network: number;
      readonly pixels: Uint8Array;
      readonly count: number;
      readonly size: readonly [number, number];
      readonly shares: Shares;
    }
  | { readonly kind: 'release'; readonly pass: number }
  /** Nothing: that it can be asked is the answer. */
  | { readonly kind: 'alive' }
  | { readonly kind: 'close'; readonly network: number };

export interface PartnerMessage {
  readonly request: PartnerRequest;
  readonly data: SharedArrayBuffer;
}

export interface PartnerWorkerData {
  readonly memory: LinkMemory;
  readonly port: MessagePort;
}

/** A second thread with a WebAssembly backend of its own, which takes half of a batch. */
export interface Partner {
  /** Batches of fewer numbers stay on one thread. */
  readonly least: number;
  /** A number not given before, for a network or a pass. */
  number(): number;
  /** Asks for no answer. */
  tell(request: PartnerRequest): void;
  /**
   * Asks, does the own half of the work meanwhile and gives both results. The answer, of at most
   * `room` numbers, is overwritten by the next question.
   */
  halve<T>(
    question: Extract<PartnerRequest, { readonly shares: Shares }>,
    numbers: readonly Float32Array[],
    room: number,
    own: () => T,
  ): { readonly own: T; readonly other: Float32Array };
}

/** Starts the thread from its bundle; throws when it does not start. */
export const startPartner = async (
  file: string,
  least: number,
): Promise<{ readonly partner: Partner; readonly link: Link }> => {
  const memory = createLinkMemory();
  const { port1, port2 } = new MessageChannel();
  const asksLife: PartnerMessage = { request: { kind: 'alive' }, data: new SharedArrayBuffer(0) };
  // A thread that waits never gets to the `exit` of the other one. A port's other end goes with its
  // thread, and Node answers false to what is posted there.
  const ask: (message: PartnerMessage) => unknown = port1.postMessage.bind(port1);
  const lives = (): boolean => ask(asksLife) !== false;
  const link = createLink(memory, 0, lives);
  const worker = new Worker(file, { workerData: { memory, port: port2 }, transferList: [port2] });
  try {
    await Promise.race([
      once(worker, 'message'),
      once(worker, 'exit').then(() => {
        throw new Error('the second thread ended');
      }),
    ]);
  } catch (error) {
    port1.close();
    await worker.terminate();
    throw error;
  }
  worker.on('error', link.fail);
  worker.on('exit', link.fail);
  // It ends with the process and does not keep it alive.
  worker.unref();
  port1.unref();
  const state = { number: 0, answers: 0, data: new SharedArrayBuffer(0) };
  const post = (request: PartnerRequest): void => {
    const message: PartnerMessage = { request, data: state.data };
    port1.postMessage(message);
  };
  const partner: Partner = {
    least,
    number: () => state.number++,
    tell: post,
    halve: (question, numbers, room, own) => {
      const length = numbers.reduce((sum, { length: n }) => sum + n, 0);
      const bytes = Math.max(length, room) * Float32Array.BYTES_PER_ELEMENT;
      if (state.data.byteLength < bytes) state.data = new SharedArrayBuffer(bytes);
      const view = new Float32Array(state.data);
      let at = 0;
      for (const values of numbers) {
        view.set(values, at);
        at += values.length;
      }
      post(question);
      try {
        const result = link.together(question.shares, own);
        link.awaitAnswer(++state.answers);
        return { own: result, other: view };
      } catch (error) {
        const said = receiveMessageOnPort(port1)?.message as unknown;
        if (typeof said === 'string')
          throw new LongtailError('train/second-thread', { detail: said }, { cause: error });
        throw error instanceof LinkError
          ? new LongtailError('train/second-thread-ended', {}, { cause: error })
          : error;
      }
    },
  };
  return { partner, link };
};
