import { lossesContract } from './lossesContract';

lossesContract('wasm');
