import { repeatContract } from './repeatContract';

repeatContract('cpu');
