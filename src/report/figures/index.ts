export * from './adjustment';
export * from './decay';
export * from './effectiveNumbers';
export {
  tableOfData,
  type Figure,
  type FigureData,
  type FigureSize,
  type RankedCounts,
} from './figure';
export * from './lorenz';
export * from './objects';
export * from './repeats';
export { samplerFigure } from './sampler';
export * from './splits';
export * from './weights';
