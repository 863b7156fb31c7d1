import { stageKindsContract } from './stageKindsContract';

stageKindsContract('wasm', { kind: 'resnet-8', width: 4 });
