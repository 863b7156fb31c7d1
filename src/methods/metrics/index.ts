export * from './calibration';
export * from './classification';
export * from './confusion';
export * from './interval';
export * from './multiLabel';
export * from './ranking';
export * from './score';
export * from './overSeeds';
