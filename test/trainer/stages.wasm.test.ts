import { stagesContract } from './stagesContract';

stagesContract('wasm', { kind: 'resnet-8', width: 4 });
