// Run by scripts/pretrained.mjs: node convert.js STATE_DICT SOURCE OUT. Reads the published state
// dict with the trainer's own reader and writes the trainer's own file of weights.
import { readFileSync, writeFileSync } from 'node:fs';
import { efficientNetLite0 } from '../../src/trainer/pretrained/efficientNetLite';
import { foldStateDict } from '../../src/trainer/pretrained/fold';
import { parseStateDict } from '../../src/trainer/pretrained/stateDict';
import { encodeWeights } from '../../src/trainer/pretrained/weightsFile';

const [, , stateDict = '', source = '', out = ''] = process.argv;
const net = efficientNetLite0();
const tensors = parseStateDict(readFileSync(stateDict), stateDict);
writeFileSync(out, encodeWeights(net.id, source, foldStateDict(net, tensors, stateDict)));
