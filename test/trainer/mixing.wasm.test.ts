import { mixingContract } from './mixingContract';

mixingContract('wasm');
