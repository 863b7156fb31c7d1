import type { Band } from '../../profile/types';
import type { EvalEvent, Progress } from './progress';

/** The last evaluation of the recipe, and what the plain baseline came to by then. */
export interface Beside {
  /** null while only the baseline was evaluated. */
  readonly own: EvalEvent | null;
  readonly plain: EvalEvent | null;
  /** Whether both are of the same step; otherwise the baseline's is the last before it. */
  readonly sameStep: boolean;
}

const ofRole = ({ evaluations }: Progress, role: EvalEvent['role']): readonly EvalEvent[] =>
  evaluations.filter((event) => event.role === role);

/** Whether every evaluation says its step; those of earlier versions are counted instead. */
export const haveSteps = ({ evaluations }: Progress): boolean =>
  evaluations.every(({ step }) => step !== undefined);

/**
 * Holds the last evaluation of the recipe against the baseline's at the same step. A stage that the
 * baseline has not, or a baseline with shorter epochs, is held against the last one before.
 */
export const besideOf = (progress: Progress): Beside => {
  const plain = ofRole(progress, 'baseline');
  const recipe = ofRole(progress, 'recipe');
  const own = recipe.at(-1);
  if (own === undefined) return { own: null, plain: plain.at(-1) ?? null, sameStep: true };
  if (own.step === undefined) {
    // A head tried on finished features took no steps beside the baseline: its last score stands.
    const counted = plain.some(({ step }) => step !== undefined);
    const before = counted ? undefined : plain[recipe.length - 1];
    return { own, plain: before ?? plain.at(-1) ?? null, sameStep: before !== undefined };
  }
  const step = own.step;
  const before = plain.findLast((event) => (event.step ?? Infinity) <= step) ?? null;
  return { own, plain: before, sameStep: before?.step === step };
};

/** The one number of an evaluation: balanced accuracy, with several labels mean average precision. */
export const mainOf = ({ meanAveragePrecision, balancedAccuracy }: EvalEvent): number | null =>
  meanAveragePrecision === undefined ? balancedAccuracy : meanAveragePrecision;

/** Whether items may have several labels: then the scores are of average precision. */
export const isOfLabels = (evaluation: EvalEvent | null): boolean =>
  evaluation?.meanAveragePrecision !== undefined;

/** A class while a run goes on. Recalls, or with several labels what stands for them; null unscored. */
export interface LiveClass {
  readonly name: string;
  readonly band: Band | null;
  readonly trainCount: number;
  readonly own: number | null;
  readonly plain: number | null;
}

/** Every class by falling training count; none where the run does not say its classes. */
export const liveClasses = ({ classes }: Progress, { own, plain }: Beside): readonly LiveClass[] =>
  (classes?.names ?? [])
    .map((name, i): LiveClass => ({
      name,
      band: classes?.bands[i] ?? null,
      trainCount: classes?.counts[i] ?? 0,
      own: own?.recall[i] ?? null,
      plain: plain?.recall[i] ?? null,
    }))
    .sort((a, b) => b.trainCount - a.trainCount);
