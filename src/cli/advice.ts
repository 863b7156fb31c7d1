import { nodeFileSource } from '../dataset/nodeFileSource';
import { pictureFacts } from '../dataset/pictureFacts';
import { hasNativeRuntime } from '../runtime/folder';
import { recommend } from '../recommend/recommend';
import type { Recommendations } from '../recommend/types';
import type { Args } from './args';
import { readDeployment } from './deployment';
import type { Io } from './io';
import type { Profiled } from './profileOf';

/** Advice for a profile under what `--deploy` answers, what its pictures look like and what trains here. */
export const adviceFor = ({ profile, index }: Profiled, args: Args, io: Io): Recommendations => {
  const deployment = readDeployment(args.text('deploy'), profile, io);
  const pictures = pictureFacts(index, nodeFileSource);
  return recommend(profile, {
    ...(deployment === undefined ? {} : { deployment }),
    ...(pictures === null ? {} : { pictures }),
    withoutNative: !hasNativeRuntime(io.env),
  });
};
