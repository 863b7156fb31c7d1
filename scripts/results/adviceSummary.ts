// Regret of the first advice and where it is worse than plain, from the lines advice.ts printed.
import { createRandom } from '../../src/common/random';
import { pairedDifference } from '../../src/methods/metrics';

interface World {
  readonly world: 'uniform' | 'as-trained';
  readonly situation: string;
  readonly advised: string;
  /** Recipe → predicted class of every test row, a digit each. */
  readonly recipes: Readonly<Record<string, string>>;
}

interface Line {
  readonly profile: string;
  readonly seed: number;
  readonly counts: readonly number[];
  readonly labels: string;
  readonly worlds: readonly World[];
}

export interface AdviceRow {
  readonly profile: string;
  readonly world: World['world'];
  readonly situation: string;
  readonly advised: string;
  readonly seeds: number;
  readonly plain: number;
  readonly score: number;
  /** Best recipe by mean score over all seeds, for the reader; the regret does not use it. */
  readonly best: string;
  readonly bestScore: number;
  /** Recipe chosen on half the seeds minus the advice, on the other half; mean of both ways. */
  readonly regret: number;
  /** Advice minus plain, pooled over seeds, with its paired 95 % interval. */
  readonly gain: number;
  readonly interval: readonly [number, number];
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, x) => sum + x, 0) / Math.max(1, values.length);

const digits = (text: string): Int32Array => Int32Array.from(text, Number);

/** Share of each class in the world the model meets. */
const sharesOf = ({ counts }: Line, world: World['world']): readonly number[] => {
  const total = counts.reduce((sum, n) => sum + n, 0);
  return counts.map((n) => (world === 'uniform' ? 1 / counts.length : n / total));
};

/** Recalls weighed by the shares of the world: balanced accuracy, or accuracy on a skewed test. */
const scoreOf = (line: Line, { world, recipes }: World, recipe: string): number => {
  const labels = digits(line.labels);
  const found = digits(recipes[recipe] ?? '');
  const shares = sharesOf(line, world);
  const right = shares.map(() => 0);
  const all = shares.map(() => 0);
  labels.forEach((label, i) => {
    all[label] = (all[label] ?? 0) + 1;
    if (found[i] === label) right[label] = (right[label] ?? 0) + 1;
  });
  return shares.reduce((sum, share, j) => sum + (share * (right[j] ?? 0)) / (all[j] ?? 1), 0);
};

const bestOf = (scores: ReadonlyMap<string, readonly number[]>, at: readonly number[]): string =>
  [...scores]
    .map(([recipe, values]) => [recipe, mean(at.map((i) => values[i] ?? NaN))] as const)
    .reduce((best, one) => (one[1] > best[1] ? one : best))[0];

/** Advice minus plain on every seed's test rows at once; classes turn with the seed, so each row
 * gets the place of its class by rank. */
const pooled = (lines: readonly Line[], at: number): ReturnType<typeof pairedDifference> => {
  const labels: number[] = [];
  const a: number[] = [];
  const b: number[] = [];
  let shares: readonly number[] = [];
  for (const line of lines) {
    const world = line.worlds[at];
    if (world === undefined) continue;
    const order = line.counts.map((n, j) => [n, j] as const).sort((x, y) => y[0] - x[0]);
    const rank = new Map(order.map(([, j], place) => [j, place]));
    const place = (text: string): number[] => Array.from(digits(text), (j) => rank.get(j) ?? -1);
    labels.push(...place(line.labels));
    a.push(...place(world.recipes['plain'] ?? ''));
    b.push(...place(world.recipes[world.advised] ?? ''));
    const own = sharesOf(line, world.world);
    shares = order.map(([, j]) => own[j] ?? 0);
  }
  const random = createRandom(0, 'advice');
  return pairedDifference(labels, { a, b }, shares.length, { random, shares });
};

export const summarise = (lines: readonly Line[]): readonly AdviceRow[] => {
  const rows: AdviceRow[] = [];
  for (const profile of new Set(lines.map((line) => line.profile))) {
    const own = lines.filter((line) => line.profile === profile);
    for (const [at, world] of (own[0]?.worlds ?? []).entries()) {
      const recipes = Object.keys(world.recipes).filter((recipe) =>
        own.every((line) => recipe in (line.worlds[at]?.recipes ?? {})),
      );
      const scores = new Map(
        recipes.map((recipe) => [
          recipe,
          own.map((line) => scoreOf(line, line.worlds[at] ?? world, recipe)),
        ]),
      );
      const places = own.map((_, i) => i);
      const halves = [
        places.filter((i) => i % 2 === 0),
        places.filter((i) => i % 2 === 1),
      ] as const;
      const advice = own.map((line, i) => scores.get(line.worlds[at]?.advised ?? '')?.[i] ?? NaN);
      const regrets = [halves, [...halves].reverse()].flatMap(([chosenOn = [], scoredOn = []]) => {
        if (chosenOn.length === 0 || scoredOn.length === 0) return [];
        const best = scores.get(bestOf(scores, chosenOn)) ?? [];
        return [mean(scoredOn.map((i) => (best[i] ?? NaN) - (advice[i] ?? NaN)))];
      });
      const best = bestOf(scores, places);
      const { difference, interval } = pooled(own, at);
      rows.push({
        profile,
        ...{ world: world.world, situation: world.situation, advised: world.advised },
        seeds: own.length,
        plain: mean(scores.get('plain') ?? []),
        score: mean(advice),
        best,
        bestScore: mean(scores.get(best) ?? []),
        regret: mean(regrets),
        gain: difference,
        interval,
      });
    }
  }
  return rows;
};
