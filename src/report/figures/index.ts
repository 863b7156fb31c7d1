export * from './adjustment';
export { changesFigure } from './changes';
export { classSlideFigure } from './classSlide';
export * from './decay';
export * from './effectiveNumbers';
export {
  tableOfData,
  type Figure,
  type FigureData,
  type FigureSize,
  type RankedCounts,
} from './figure';
export * from './labelSlide';
export * from './lorenz';
export { differencesFigure, shownClasses, type DifferencesQuestion } from './differences';
export { normsFigure } from './norms';
export * from './objects';
export { reliabilityFigure } from './reliability';
export * from './repeats';
export { runCurvesFigure, type CurveKind } from './runCurves';
export { samplerFigure } from './sampler';
export { slideFigure } from './slide';
export * from './splits';
export { togetherFigure } from './together';
export * from './weights';
