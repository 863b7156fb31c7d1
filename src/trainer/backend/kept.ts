import { engine, Tensor } from '@tensorflow/tfjs-core';

/** Every tensor in a tensor or any nesting of arrays, maps and plain objects. */
const tensorsIn = (value: unknown, found: Tensor[] = []): Tensor[] => {
  if (value instanceof Tensor) found.push(value as Tensor);
  else if (ArrayBuffer.isView(value)) return found;
  else if (Array.isArray(value) || value instanceof Map)
    for (const item of value.values() as Iterable<unknown>) tensorsIn(item, found);
  else if (typeof value === 'object' && value !== null)
    for (const item of Object.values(value)) tensorsIn(item, found);
  return found;
};

/** Runs the function and frees the tensors it made, but those in its result and those kept. */
export const tidy = <T>(work: () => T): T => {
  engine().startScope('tidy');
  let result: T | undefined;
  try {
    result = work();
    return result;
  } finally {
    engine().endScope(tensorsIn(result));
  }
};
