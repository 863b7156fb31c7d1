export * from './coOccurrence';
export * from './fits';
export * from './inequality';
export * from './longTail';
export * from './measures';
export * from './multiLabel';
export * from './severity';
export * from './together';
