import { stagesContract } from './stagesContract';

stagesContract('cpu', { kind: 'mlp', hidden: [12] });
