export * from './beta';
export * from './bilateral';
export * from './mixup';
export * from './remix';
