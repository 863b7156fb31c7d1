import type { LongTailProfile } from '../profile/types';
import { recommend } from '../recommend/recommend';
import type { Recommendations } from '../recommend/types';
import type { Args } from './args';
import { readDeployment } from './deployment';
import type { Io } from './io';

/** Advice for a profile under what `--deploy` answers. */
export const adviceFor = (profile: LongTailProfile, args: Args, io: Io): Recommendations => {
  const deployment = readDeployment(args.text('deploy'), profile, io);
  return recommend(profile, deployment === undefined ? {} : { deployment });
};
