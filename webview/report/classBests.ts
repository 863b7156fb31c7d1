import type { RecallScores } from '../../src/methods/metrics';
import { searchThresholds, type ClassMeasure } from '../../src/report/bench/classes';
import type { TargetPrior } from '../../src/report/bench/setting';
import { scoreSetting, type BenchModel } from '../../src/report/bench/slide';

/** The page gets its turn after so long. */
const turnMs = 12;

/** The best thresholds by one measure, as far as they are found. */
export interface ClassBest {
  /** null until they are found. */
  readonly thresholds: readonly number[] | null;
  readonly scores: RecallScores | null;
  /** Of the search that is done. */
  readonly share: number;
}

/** The best thresholds by each measure, each looked for once, a little at a time. */
export const classBests = (
  model: BenchModel,
  prior: TargetPrior,
  told: { readonly progress: () => void; readonly found: () => void },
): ((measure: ClassMeasure) => ClassBest) => {
  const bests = new Map<ClassMeasure, ClassBest>();
  const start = (measure: ClassMeasure): ClassBest => {
    const search = searchThresholds(model, measure, prior);
    const goOn = (): void => {
      const until = performance.now() + turnMs;
      for (let next = search.next(); ; next = search.next()) {
        if (next.done === true) {
          const thresholds = next.value;
          const scores = scoreSetting(model, { kind: 'class-thresholds', thresholds }, prior);
          bests.set(measure, { thresholds, scores, share: 1 });
          told.found();
          return;
        }
        if (performance.now() < until) continue;
        bests.set(measure, { thresholds: null, scores: null, share: next.value });
        told.progress();
        setTimeout(goOn);
        return;
      }
    };
    const none: ClassBest = { thresholds: null, scores: null, share: 0 };
    bests.set(measure, none);
    setTimeout(goOn);
    return none;
  };
  return (measure) => bests.get(measure) ?? start(measure);
};
