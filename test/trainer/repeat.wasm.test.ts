import { repeatContract } from './repeatContract';

repeatContract('wasm');
