import { describe, expect, it } from 'vitest';
import { parseExportedModel } from '../../../src/config/exportedModel/schema';
import type { ExportedModel } from '../../../src/config/exportedModel/types';

const model: ExportedModel = {
  schema: 'longtail.exported-model/1',
  title: 'Plain baseline',
  run: { id: 'r', fingerprint: 'f', seed: 0 },
  task: 'single-label',
  classes: ['10', '2'],
  training: { counts: { '10': 9, '2': 1 }, prior: { '10': 0.9, '2': 0.1 } },
  targetPrior: 'uniform',
  input: {
    ...{ kind: 'image', height: 8, width: 6, channels: 1, colours: 'grey' },
    ...{ resize: 'cover-area-bilinear', mean: [100], deviation: [50] },
  },
  network: {
    kind: 'x',
    inputShape: [8, 6, 1],
    layers: [
      { kind: 'residual', name: 'r', body: [{ kind: 'relu', name: 'a' }], shortcut: [] },
      { kind: 'global-average-pool', name: 'pool' },
    ],
    head: { unit: false, centred: false },
  },
  posthoc: { kind: 'none', tau: null, from: 'report' },
  output: {
    activation: 'softmax',
    classes: { '10': { scale: 1, offset: 0 }, '2': null },
    thresholds: null,
  },
  versions: { tfjs: '4.22.0' },
};

describe('the description of an exported model', () => {
  it('is read as it was written', () => {
    expect(parseExportedModel(JSON.stringify(model), 'm.json')).toEqual(model);
  });

  it.each<[string, unknown]>([
    ['JSON', '{'],
    ['title', { ...model, title: undefined }],
    ['classes', { ...model, classes: ['a', 'a'] }],
    ['training.counts', { ...model, training: { ...model.training, counts: { '10': 9 } } }],
    [
      'output.classes',
      {
        ...model,
        classes: ['10', 'two'],
        training: {
          counts: { '10': 9, two: 1 },
          prior: { '10': 0.9, two: 0.1 },
        },
      },
    ],
    ['network.inputShape', { ...model, network: { ...model.network, inputShape: [8, 8, 1] } }],
    ['input', { ...model, input: { ...model.input, mean: [1, 2] } }],
    [
      'network.layers.0.body.0',
      {
        ...model,
        network: {
          ...model.network,
          layers: [
            { kind: 'residual', name: 'r', body: [{ kind: 'gelu', name: 'a' }], shortcut: [] },
          ],
        },
      },
    ],
  ])('is refused by the place that is wrong: %s', (place, value) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    try {
      parseExportedModel(text, 'm.json');
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: 'model/description' });
      expect((error as { params: { place: string } }).params.place).toContain(place);
    }
  });
});
