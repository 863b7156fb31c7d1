export * from './effectiveNumber';
export * from './power';
export * from './progressive';
export * from './repeatFactor';
export * from './resample';
export * from './tailCopies';
