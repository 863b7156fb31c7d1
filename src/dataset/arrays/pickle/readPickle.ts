import { instructions } from './instructions';
import { PickleMachine } from './machine';
import { PickleRefusal } from './values';
import type { PickleRules, PickleValue } from './values';

const stop = 0x2e;

/**
 * Reads one pickle (protocols 0 to 5, the part plain data and arrays use) without running
 * anything: only the functions in `rules` are called, every other name or instruction is refused.
 * Gives the value and where the next byte is. Throws PickleRefusal.
 */
export const readPickle = (
  bytes: Buffer,
  start: number,
  rules: PickleRules,
): { readonly value: PickleValue; readonly end: number } => {
  const machine = new PickleMachine(bytes, start, rules);
  for (;;) {
    const at = machine.at;
    const code = machine.take(1)[0] ?? 0;
    if (code === stop) return { value: machine.pop(), end: machine.at };
    const instruction = instructions.get(code);
    if (instruction === undefined)
      throw new PickleRefusal('instruction', at, `0x${code.toString(16)}`);
    instruction(machine);
  }
};
