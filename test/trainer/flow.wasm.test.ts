import { flowContract } from './flowContract';

flowContract('wasm', '{ kind: resnet-8, width: 4 }', 20);
