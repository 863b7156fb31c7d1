import type { MessageParams } from '../common/errors';
import type { DatasetFacts } from './facts';
import type { KeyPath } from './keys';
import type { Plan, StagePlan } from './plan';

/** What a row found: where, and the numbers its sentence names. `severity` when it is not the row's. */
export interface Finding {
  readonly at: KeyPath;
  readonly params: MessageParams;
  readonly severity?: 'error' | 'warning';
}

/** Two things that must not be done together, with the evidence in the sentence of its id. */
export interface CombinationRow {
  /** Code is `config/row/<id>`. */
  readonly id: string;
  readonly severity: 'error' | 'warning';
  /** Methods (`family:kind`) the row speaks of; it is in force where the schema knows them all. */
  readonly needs: readonly string[];
  find(plan: Plan, facts: DatasetFacts | null): readonly Finding[];
}

const shown = (stage: StagePlan): string =>
  stage.power === null || stage.sampler !== 'power' ? stage.sampler : `n^${stage.power}`;

const perStage = (
  plan: Plan,
  key: string,
  hit: (stage: StagePlan, index: number) => boolean,
): readonly Finding[] =>
  plan.stages.flatMap((stage, i) =>
    hit(stage, i)
      ? [{ at: ['stages', i, key], params: { stage: stage.name, sampler: shown(stage) } }]
      : [],
  );

const once = (at: KeyPath, hit: boolean, params: MessageParams = {}): readonly Finding[] =>
  hit ? [{ at, params }] : [];

/** The sampler draws rare classes more often than they occur. */
const raises = (stage: StagePlan): boolean =>
  stage.power === null ? stage.sampler !== 'instance' : stage.power < 1;
const balances = (stage: StagePlan): boolean => stage.power !== null && stage.power <= 0;
const correctsPrior = (stage: StagePlan): boolean => stage.tau > 0;
/** Full inverse frequency, by its two names. */
const inverse = (stage: StagePlan): boolean =>
  stage.weights === 'inverse' || stage.weights === 'balanced';
const weighted = (stage: StagePlan): boolean => stage.weights !== 'none';
const headOnly = (stage: StagePlan): boolean => stage.trainable !== 'all';
const adjustsAfter = (plan: Plan): boolean =>
  plan.posthoc === 'logit-adjustment' && plan.posthocTau !== 0;
const lastStage = (plan: Plan): StagePlan | undefined => plan.stages.at(-1);
const classCount = (facts: DatasetFacts | null): number | null => facts?.classes.length ?? null;

/** One row a combination that fails; which side it takes and the published figures are in its sentence. */
export const combinationRows: readonly CombinationRow[] = [
  {
    id: 'sampling-and-weights',
    severity: 'error',
    needs: ['sampler:class-balanced', 'weights:inverse'],
    find: (plan) => perStage(plan, 'sampler', (stage) => raises(stage) && weighted(stage)),
  },
  {
    // A head-only stage is the next row's: there the evidence goes both ways.
    id: 'logit-adjusted-and-sampling',
    severity: 'error',
    needs: ['sampler:class-balanced', 'loss:logit-adjusted'],
    find: (plan) =>
      perStage(
        plan,
        'sampler',
        (stage) => correctsPrior(stage) && raises(stage) && !(headOnly(stage) && balances(stage)),
      ),
  },
  {
    id: 'balanced-head',
    severity: 'warning',
    needs: ['loss:logit-adjusted', 'sampler:class-balanced', 'trainable:classifier'],
    find: (plan, facts) =>
      perStage(
        plan,
        'sampler',
        (stage, i) =>
          headOnly(stage) &&
          balances(stage) &&
          (correctsPrior(stage) || plan.stages.slice(0, i).some(correctsPrior)),
      ).map((finding) => {
        const classes = classCount(facts);
        return {
          ...finding,
          params: { ...finding.params, classes: classes ?? '?' },
          severity: classes !== null && classes > 20 ? 'error' : 'warning',
        };
      }),
  },
  {
    id: 'logit-adjusted-and-posthoc',
    severity: 'error',
    needs: ['loss:logit-adjusted', 'posthoc:logit-adjustment'],
    // Given shares are another thing: there the balanced model is brought to them.
    find: (plan) => {
      const last = lastStage(plan);
      const again = adjustsAfter(plan) && plan.goalPrior !== 'given';
      return once(['posthoc'], again && last !== undefined && correctsPrior(last));
    },
  },
  {
    id: 'logit-adjusted-and-weights',
    severity: 'error',
    needs: ['loss:logit-adjusted', 'weights:inverse'],
    // Consistent only with weights ∝ π^(tau − 1): none at tau 1, the full inverse at tau 0.
    find: (plan) => perStage(plan, 'loss', (stage) => correctsPrior(stage) && inverse(stage)),
  },
  {
    id: 'posthoc-after-balanced',
    severity: 'error',
    needs: ['posthoc:logit-adjustment', 'sampler:class-balanced'],
    // The trainer corrects by the prior in effect, so a sampler between the two leaves a rest to correct.
    find: (plan) => {
      const last = lastStage(plan);
      if (last === undefined || !adjustsAfter(plan) || plan.goalPrior === 'given') return [];
      return once(['posthoc'], balances(last), { sampler: shown(last) });
    },
  },
  {
    id: 'remix-and-weights',
    severity: 'warning',
    needs: ['mixing:remix', 'weights:inverse'],
    find: (plan) =>
      perStage(
        plan,
        'mixing',
        (stage, i) => i === 0 && stage.mixing === 'remix' && weighted(stage) && !stage.deferred,
      ),
  },
  {
    id: 'remix-and-ldam',
    severity: 'warning',
    needs: ['mixing:remix', 'loss:ldam'],
    find: (plan) =>
      perStage(plan, 'mixing', (stage) => stage.mixing === 'remix' && stage.loss === 'ldam'),
  },
  {
    id: 'weights-and-cam',
    severity: 'warning',
    needs: ['sampler:cam-balanced', 'weights:min-over-power'],
    find: (plan) =>
      perStage(
        plan,
        'sampler',
        (stage) => stage.sampler === 'cam-balanced' && stage.weights === 'min-over-power',
      ),
  },
  {
    id: 'mixup-fine-tune',
    severity: 'warning',
    needs: ['mixing:manifold-mixup', 'mixing:mixup'],
    find: (plan) =>
      perStage(plan, 'mixing', (stage, i) => {
        const first = plan.stages[0];
        return i > 0 && (stage.mixing !== 'none' || first?.mixing === 'manifold-mixup');
      }),
  },
  {
    id: 'mixup-short',
    severity: 'warning',
    needs: ['mixing:mixup'],
    find: (plan) =>
      plan.stages.flatMap(({ mixing, epochs }, i) =>
        mixing !== 'none' && epochs <= 90
          ? [{ at: ['stages', i, 'epochs'], params: { epochs } }]
          : [],
      ),
  },
  {
    id: 'large-beta',
    severity: 'warning',
    needs: ['weights:effective-number'],
    // .9999 only with n_max ≥ 1000 and at most 20 classes.
    find: (plan, facts) => {
      const largest = Math.max(0, ...(facts?.classes.map(({ count }) => count) ?? []));
      const classes = classCount(facts);
      if (classes === null || (classes <= 20 && largest >= 1000)) return [];
      return plan.stages.flatMap(({ beta }, i) =>
        beta !== null && beta > 0.999
          ? [{ at: ['stages', i, 'weights'], params: { beta, classes, largest } }]
          : [],
      );
    },
  },
  {
    id: 'balanced-features',
    severity: 'warning',
    needs: ['sampler:class-balanced', 'trainable:classifier', 'init:again'],
    find: (plan) =>
      perStage(
        plan,
        'sampler',
        (stage, i) =>
          !headOnly(stage) &&
          balances(stage) &&
          plan.stages.slice(i + 1).some((later) => headOnly(later) && later.init === 'again'),
      ),
  },
  {
    id: 'tau-norm',
    severity: 'error',
    needs: ['posthoc:tau-norm', 'head:cosine'],
    // The correction drops the bias itself; what is left is whether norms follow the counts.
    find: (plan) => {
      const follow =
        plan.head.kind === 'linear' &&
        plan.stages.every(({ optimizer, weightDecay }) => optimizer === 'sgd' && weightDecay > 0);
      return once(['posthoc'], plan.posthoc === 'tau-norm' && !follow);
    },
  },
  {
    id: 'ldam-without-cosine',
    severity: 'error',
    needs: ['loss:ldam', 'head:cosine'],
    find: (plan) =>
      perStage(plan, 'loss', (stage) => stage.loss === 'ldam' && stage.classifier !== 'cosine'),
  },
  {
    id: 'cosine-without-scale',
    severity: 'error',
    needs: ['head:cosine', 'loss:logit-adjusted'],
    find: (plan) =>
      once(
        ['model'],
        plan.head.kind === 'cosine' &&
          (plan.head.scale ?? 0) <= 1 &&
          plan.stages.some(correctsPrior),
      ),
  },
  {
    id: 'undersampling-threshold',
    severity: 'warning',
    needs: ['sampler:under', 'posthoc:thresholds'],
    find: (plan) =>
      once(
        ['posthoc'],
        plan.posthoc === 'thresholds' && plan.stages.some(({ sampler }) => sampler === 'under'),
      ),
  },
  {
    id: 'focal-and-oversampling',
    severity: 'warning',
    needs: ['loss:sigmoid-focal', 'sampler:class-balanced'],
    find: (plan) => perStage(plan, 'loss', (stage) => stage.focalAlpha !== null && raises(stage)),
  },
  {
    id: 'balanced-for-skewed',
    severity: 'warning',
    needs: ['loss:logit-adjusted', 'posthoc:logit-adjustment', 'sampler:class-balanced'],
    find: (plan) => {
      const last = lastStage(plan);
      if (plan.goalPrior !== 'as-trained' || last === undefined) return [];
      const recipe = correctsPrior(last)
        ? `loss: ${last.loss}`
        : adjustsAfter(plan)
          ? `posthoc: ${plan.posthoc}`
          : raises(last)
            ? `sampler: ${shown(last)}`
            : null;
      return once(['goal', 'prior'], recipe !== null, { recipe: recipe ?? '' });
    },
  },
  {
    id: 'chosen-on-test',
    severity: 'error',
    needs: ['posthoc:logit-adjustment', 'splits:validation'],
    find: (plan) => {
      const { validation, test, train } = plan.splits;
      const unseen = validation !== 'none' && validation !== test && validation !== train;
      return once(['posthoc', 'tau'], plan.posthocTau === 'auto' && !unseen, {
        place: 'dataset.splits.validation',
      });
    },
  },
];
