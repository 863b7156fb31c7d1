import type { StampGroup } from '../stamps/stampGroup';
import type { FileSource, FileTask } from '../types';

/** What a task gave, and what it read. */
export interface Done<Output> {
  readonly output: Output;
  readonly stamps: readonly StampGroup[];
}

/** Those who do tasks: this thread, and perhaps another. */
export interface Crew {
  /**
   * A task's outputs in the order of the inputs, whoever did them. Inputs are taken a few ahead. What
   * a task throws is thrown here.
   */
  inOrder<Input, Output>(
    task: FileTask<Input, Output>,
    inputs: Iterable<Input>,
  ): Iterable<Done<Output>>;
  /** Says that there will be much to do. */
  expectWork(): void;
  close(): void;
}

/** Outputs of a task in the order of the inputs: by the source's crew, or one after the other here. */
export const inOrder = function* <Input, Output>(
  source: FileSource,
  task: FileTask<Input, Output>,
  inputs: Iterable<Input>,
): Iterable<Output> {
  if (source.inOrder !== undefined) yield* source.inOrder(task, inputs);
  else for (const input of inputs) yield task.run(source, input);
};
