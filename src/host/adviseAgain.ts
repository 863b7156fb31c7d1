import { advise } from '../recommend/advise';
import { goalsFrom } from '../recommend/asked';
import type { Recommendations } from '../recommend/types';
import { hasNativeRuntime } from '../runtime/folder';
import type { Analysis } from './datasets';
import type { Host } from './host';
import { profileInThread } from './profileJob';
import { trainerEnvironment } from './settings';

/** Up to this many classes advice takes a few milliseconds, less than a thread takes to start. */
const fewClasses = 5000;

/**
 * The advice for a dataset under the goals that are kept for it: here where that is quick, else in
 * the profile's thread. Throws what `profileInThread` throws.
 */
export const adviseAgain = async (
  { paths, goals }: Pick<Host, 'paths' | 'goals'>,
  { root, indexPath, profile, pictures, classes }: Analysis,
): Promise<Recommendations> => {
  const asked = goals.of(root);
  const withoutNative = !hasNativeRuntime(trainerEnvironment());
  if ((profile.metrics['numClasses'] ?? 0) <= fewClasses)
    return advise(profile, goalsFrom(asked, { pictures, withoutNative }), asked.framework);
  const job = { indexPath, withoutNative, asked, ...(classes === undefined ? {} : { classes }) };
  return (await profileInThread(paths.profileWorker, job, undefined)).advice;
};
