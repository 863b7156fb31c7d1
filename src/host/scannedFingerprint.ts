import { formatOptionsIn } from '../dataset/formatOptions';
import type { FormatOptions } from '../dataset/types';
import type { Analysis, KnownDataset } from './datasets';

/** As much of the datasets as is asked. */
interface Scanned {
  list(): readonly Pick<KnownDataset, 'root' | 'options' | 'fingerprint'>[];
  analysis(root: string):
    | (Pick<Analysis, 'options' | 'named'> & {
        readonly profile: { readonly dataset: { readonly fingerprint: string } };
      })
    | undefined;
}

const same = (a: FormatOptions, b: FormatOptions): boolean =>
  JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());

/**
 * Fingerprint of a dataset as it was scanned last, for a run that reads it in the same way: training
 * on other samples than those somebody looked at is refused. Undefined where it was not scanned, or
 * with other options, which may read other samples out of the same files. `root` is the path as
 * datasets are known by.
 */
export const scannedFingerprint = (
  datasets: Scanned,
  root: string,
  options: Parameters<typeof formatOptionsIn>[0],
): string | undefined => {
  const asked = formatOptionsIn(options);
  const analysis = datasets.analysis(root);
  if (analysis !== undefined) {
    const fits = same(asked, analysis.options) || same(asked, analysis.named);
    return fits ? analysis.profile.dataset.fingerprint : undefined;
  }
  const known = datasets.list().find((dataset) => dataset.root === root);
  return known !== undefined && same(asked, known.options) ? known.fingerprint : undefined;
};
