import { efficientNetLite0 } from './efficientNetLite';
import type { PretrainedNet } from './netTypes';

/** One row a network whose layers are known; `model.net` of a config names it. */
export const nets: Readonly<Record<string, () => PretrainedNet>> = {
  'efficientnet-lite0': efficientNetLite0,
};

/** A listed network. */
export const netOf = (id: string): PretrainedNet => {
  const make = nets[id];
  if (make === undefined) throw new RangeError(`no network is called ${id}`);
  return make();
};
