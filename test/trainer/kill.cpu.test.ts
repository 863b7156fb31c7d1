import { killContract } from './killContract';

killContract('cpu');
