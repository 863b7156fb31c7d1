import type { Message } from '../../common/errors';
import { words, type Locale } from '../../words/say';
import type { SweepReport } from './types';

/**
 * What following the advice would have cost: balanced accuracy of the recipe that validation chose
 * less that of the one advised, on validation, where the choice was made, and on test. Nothing where
 * one of the two is not known.
 */
export const adviceRegret = (
  { rows, best }: SweepReport,
  advised: string | null,
  locale: Locale = 'en',
): readonly Message[] => {
  const chosen = rows.find(({ id }) => id === best);
  const followed = rows.find(({ id }) => id === advised);
  if (chosen === undefined || followed === undefined) return [];
  const title = (id: string): string => words(`sweep/recipe/${id}`, {}, locale);
  const params = { advised: title(followed.id), best: title(chosen.id) };
  if (chosen === followed) return [{ code: 'sweep/advice/best', params }];
  const [top, own] = [chosen.validation, followed.validation];
  if (top === null || own === null) return [];
  return [
    {
      code: `sweep/advice/${followed.againstBest?.tie === true ? 'tie' : 'regret'}`,
      params: {
        ...params,
        regret: (top.balancedAccuracy.value - own.balancedAccuracy.value) * 100,
        test: (chosen.test.balancedAccuracy.value - followed.test.balancedAccuracy.value) * 100,
      },
    },
  ];
};
