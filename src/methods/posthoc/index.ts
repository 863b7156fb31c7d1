export * from './adjust';
export * from './binary';
export * from './chooseTau';
export * from './classifier';
export * from './nearestMean';
export * from './threshold';
