import { presetsContract } from './presetsContract';

presetsContract('wasm');
