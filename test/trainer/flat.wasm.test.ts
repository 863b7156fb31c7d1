import { flatContract } from './flatContract';

flatContract('wasm');
