import { flatContract } from './flatContract';

flatContract('cpu');
