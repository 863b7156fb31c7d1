import { flowContract } from './flowContract';

flowContract('cpu', '{ kind: mlp, hidden: [16] }', 300);
