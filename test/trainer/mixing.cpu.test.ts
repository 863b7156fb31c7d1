import { mixingContract } from './mixingContract';

mixingContract('cpu');
