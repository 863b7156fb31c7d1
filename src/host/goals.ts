import type * as vscode from 'vscode';
import { nothingAsked, readAskedGoals, type AskedGoals } from '../recommend/asked';
import { stateKeys } from './ids';

/** What the user said about the goal of each dataset; kept for the workspace. */
export interface GoalMemory {
  of(root: string): AskedGoals;
  put(root: string, asked: AskedGoals): Promise<void>;
  forget(root: string): Promise<void>;
}

const keptGoals = 100;

/** Reads and writes the workspace's memory; what was never said is nothing asked. */
export const createGoalMemory = (memory: vscode.Memento): GoalMemory => {
  const all = (): readonly (readonly [string, AskedGoals])[] => {
    const kept = memory.get<unknown>(stateKeys.goals);
    return typeof kept === 'object' && kept !== null
      ? Object.entries(kept).map(([root, asked]) => [root, readAskedGoals(asked)] as const)
      : [];
  };
  const others = (root: string): ReturnType<typeof all> => all().filter(([name]) => name !== root);
  const save = async (entries: ReturnType<typeof all>): Promise<void> =>
    memory.update(stateKeys.goals, Object.fromEntries(entries));
  return {
    of: (root) => all().find(([name]) => name === root)?.[1] ?? nothingAsked,
    put: (root, asked) => save([...others(root).slice(1 - keptGoals), [root, asked]]),
    forget: (root) => save(others(root)),
  };
};
