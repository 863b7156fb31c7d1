import type { Template } from '../say';

export const recommend: Readonly<Record<string, Template>> = {};
