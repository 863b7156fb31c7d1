import type { RebalanceConfig } from '../schema';
import type { InputShape } from './networkSize';

/** Size and channels of a dataset's pictures. */
export interface Pictures {
  readonly imageSize: readonly [number, number];
  readonly channels: 1 | 3;
}

/** All pictures are held in memory while training: more than this is refused. */
export const pixelBoundBytes = 3 * 1024 ** 3;

/** Pictures that are all of one size up to this are used as they are; others are brought to it. */
export const nativeLimit = 64;

/** Features of the pretrained networks whose architecture is known. */
const featureWidths: Readonly<Record<string, number>> = {
  'efficientnet-lite0': 1280,
  resnet18: 512,
  resnet34: 512,
  resnet50: 2048,
  mobilenet_v2: 1280,
};

/** What the network will see; null where only reading the samples tells. */
export const inputShapeOf = (
  { input, model }: Pick<RebalanceConfig, 'input' | 'model'>,
  pictures: Pictures | undefined,
): InputShape | null => {
  if (input.kind === 'text') return { kind: 'flat', width: input.text?.features ?? 16384 };
  if (input.kind === 'tabular') return null;
  if (model.kind === 'pretrained') {
    const width = model.features === undefined ? featureWidths[model.net] : undefined;
    return width === undefined ? null : { kind: 'flat', width };
  }
  const own = pictures?.imageSize;
  const fits = own !== undefined && Math.max(...own) <= nativeLimit;
  const size = input.size ?? (fits ? own : ([nativeLimit, nativeLimit] as const));
  return { kind: 'image', size, channels: input.channels ?? pictures?.channels ?? 3 };
};
