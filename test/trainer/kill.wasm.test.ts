import { killContract } from './killContract';

killContract('wasm');
