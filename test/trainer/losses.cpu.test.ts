import { lossesContract } from './lossesContract';

lossesContract('cpu');
