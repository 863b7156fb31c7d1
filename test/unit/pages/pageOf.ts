import { distributionMeasures } from '../../../src/methods/distribution';
import { resolveBands } from '../../../src/methods/bands';
import { bandNumbers, type ProfileFacts } from '../../../src/profile/classRows';
import { packColumns } from '../../../src/profile/packedColumns';
import { classesOf, type Classes } from '../../../webview/profile/classes';

/** What the page gets for classes of these sizes in training. */
export const pageOf = (
  sizes: Readonly<Record<string, number>>,
): { readonly profile: ProfileFacts; readonly classes: Classes } => {
  const counts = Float64Array.from(Object.values(sizes));
  const { bands, assignment } = resolveBands(counts, 'auto');
  const total = counts.reduce((sum, n) => sum + n, 0);
  const profile: ProfileFacts = {
    schema: 'longtail.profile/1',
    dataset: {
      root: '/data/set',
      format: 'image-folder',
      task: 'single-label',
      modality: 'image',
      fingerprint: 'f',
    },
    samples: total,
    unlabelled: 0,
    profiledSplit: 'train',
    bands,
    splits: { train: { samples: total, labels: total }, test: { samples: total, labels: total } },
    metrics: distributionMeasures(counts),
    issues: [],
  };
  const columns = packColumns({
    names: Object.keys(sizes),
    // Twice as many over all splits: the page must show the profiled split.
    counts: counts.map((n) => n * 2),
    splitNames: ['train', 'test'],
    splitCounts: [counts, counts],
    images: null,
    bands: bandNumbers(assignment),
  });
  return { profile, classes: classesOf(profile, columns) };
};
