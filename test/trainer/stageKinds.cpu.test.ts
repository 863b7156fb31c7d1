import { stageKindsContract } from './stageKindsContract';

stageKindsContract('cpu', { kind: 'mlp', hidden: [12] });
