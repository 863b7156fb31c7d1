import type { Message } from '../common/errors';
import type { RebalanceConfig } from '../config/schema';
import type { RuleFacts } from './facts';
import type { Situation, World } from './situations';
import type { Goals, Recommendation } from './types';

/** Everything a rule may decide by. */
export interface Case {
  readonly facts: RuleFacts;
  readonly goals: Goals;
  readonly world: World;
  readonly situation: Situation;
}

/** One advice: when it is given and how high, why, on whose word, and what it changes. */
export interface Rule {
  /** Stable: configs, runs and the shell name it. Titles are `recommend/<id>/title`. */
  readonly id: string;
  /** Rank in this case, 0 first; null where the rule has nothing to say. */
  when(given: Case): number | null;
  /** Why, with this profile's numbers; `because` makes the usual one. */
  because(given: Case): Message;
  readonly source: Recommendation['source'];
  /** Published effects. Nothing is claimed about the user's own data. */
  expected(given: Case): readonly Message[];
  /** Trainings of the whole network beyond the plain one; none where absent. */
  readonly extraTrainings?: number;
  /** Its patch holds where nothing can be trained here too: an exporter writes what it says. */
  readonly isExported?: true;
  /** Change of the plain config; null where nothing can be configured here. */
  patch(given: Case, plain: RebalanceConfig): Readonly<Record<string, unknown>> | null;
}

/** A rule's `when` that is a table of ranks by situation. */
export const ranks =
  (table: Readonly<Partial<Record<Situation, number>>>) =>
  ({ situation }: Case): number | null =>
    table[situation] ?? null;

/** For advice that this version cannot carry out itself. */
export const nothingToConfigure = (): null => null;

/** The numbers most sentences name. */
export const countsOf = ({ facts }: Case): Message['params'] => ({
  ratio: facts.ratio,
  classes: facts.present,
  samples: facts.total,
  largest: facts.largest.count,
  largestName: facts.largest.name,
  smallest: facts.smallest.count,
  smallestName: facts.smallest.name,
  few: facts.fewClasses,
});

/** The sentence `recommend/<id>/because`, or `…/because-<variant>`, with the counts and more numbers. */
export const because =
  (id: string, more: (given: Case) => Message['params'] = () => ({})) =>
  (given: Case): Message => ({
    code: `recommend/${id}/because`,
    params: { ...countsOf(given), ...more(given) },
  });

/** For advice without a published figure of its own. */
export const noFigure = (): readonly Message[] => [{ code: 'recommend/no-figure', params: {} }];
