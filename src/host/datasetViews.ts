import { everyClass } from '../dataset/classChoice';
import type { ClassChoice } from '../dataset/classView';
import type { Bands } from '../profile/types';
import { stateKeys } from './ids';

/** How somebody wants to see a dataset: what a config says of it, too. */
export interface DatasetView {
  readonly classes: ClassChoice;
  /** Bands that were dragged; null for those of the profile. */
  readonly bands: Bands['thresholds'] | null;
}

/** The views of the workspace, by root, and what was chosen before. */
export interface DatasetViews {
  of(root: string): DatasetView;
  chooseClasses(root: string, classes: ClassChoice): Promise<void>;
  /** Back to what was chosen before; to every class when this window does not know that. */
  undoClasses(root: string): Promise<void>;
  setBands(root: string, bands: DatasetView['bands']): Promise<void>;
  forget(root: string): Promise<void>;
}

const plain: DatasetView = { classes: everyClass, bands: null };

const isView = (value: unknown): value is DatasetView => {
  if (typeof value !== 'object' || value === null) return false;
  const { classes } = value as Partial<DatasetView>;
  return Array.isArray(classes?.ignore) && typeof classes.merge === 'object';
};

/** As much of the workspace's memory as is used. */
interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** Reads the views out of the workspace's memory when they are asked for. */
export const createViews = (memory: Memory): DatasetViews => {
  const before = new Map<string, ClassChoice[]>();
  const all = (): Readonly<Record<string, unknown>> => {
    const kept = memory.get(stateKeys.views);
    return typeof kept === 'object' && kept !== null ? { ...kept } : {};
  };
  const of = (root: string): DatasetView => {
    const kept = all()[root];
    return isView(kept) ? kept : plain;
  };
  const put = async (root: string, view: DatasetView): Promise<void> =>
    memory.update(stateKeys.views, { ...all(), [root]: view });
  return {
    of,
    chooseClasses: (root, classes) => {
      const view = of(root);
      before.set(root, [...(before.get(root) ?? []), view.classes]);
      return put(root, { ...view, classes });
    },
    undoClasses: (root) =>
      put(root, { ...of(root), classes: before.get(root)?.pop() ?? everyClass }),
    setBands: (root, bands) => put(root, { ...of(root), bands }),
    forget: async (root) => {
      before.delete(root);
      const others = Object.entries(all()).filter(([name]) => name !== root);
      await memory.update(stateKeys.views, Object.fromEntries(others));
    },
  };
};
