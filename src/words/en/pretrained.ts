import type { Template } from '../say';

export const pretrained: Readonly<Record<string, Template>> = {
  'pretrained/no-weights':
    'The weights of {net} are not in {path}. Run “node scripts/pretrained.mjs” in a checkout to fetch them (17 MB), or name a file in model.weights of the config.',
  'pretrained/weights-missing':
    'The weights {path} cannot be read: {detail}. Correct model.weights in the config.',
  'pretrained/damaged':
    '{path} is damaged or no file of weights: at byte {at} ({what}) it cannot be read. Save it again with torch.save(model.state_dict(), …), or fetch it anew.',
  'pretrained/name':
    '{path} is not read: at byte {at} it asks Python to run “{what}”. Only dictionaries and tensors are taken from a file. Save the weights alone with torch.save(model.state_dict(), …).',
  'pretrained/instruction':
    '{path} is not read: at byte {at} it holds an instruction ({what}) that plain weights do not need. Save the weights alone with torch.save(model.state_dict(), …).',
  'pretrained/weight':
    '{path} does not hold the weights of {net}: {name} is missing or has another shape ({found}). Name a state dict of that network, or another network in model.net.',
  'pretrained/surplus':
    '{path} holds another network than {net}: {net} has no convolution {name}. Name the network of the file in model.net, or a file of {net} in model.weights.',
  'pretrained/tfjs-file':
    'The TensorFlow.js model {path} cannot be read: {what}. A model.json with all of its shards of weights beside it is needed; convert or download it anew.',
  'pretrained/tfjs-outside':
    'The TensorFlow.js model {path} is not read: it names the weights {file}, outside its own folder. Put them beside it.',
  'pretrained/tfjs-layer':
    'No features can be taken from layer “{layer}” of {path}: it is not there, nothing pools, or what it gives is neither a row nor a map for each picture. Name another in model.layer; the last ones are {known}.',
  'pretrained/tfjs-input':
    '{path} does not take one colour picture: its input is {known}. Models that read [pictures, height, width, 3] can be used.',
  'pretrained/tfjs-size':
    '{path} takes pictures of {wanted} only. Set input.size: [{height}, {width}], or leave it out.',
  'pretrained/features-missing':
    'The features {path} cannot be read: {detail}. Correct model.features in the config.',
  'pretrained/features-file':
    '{path} is no file of features: “{what}” is missing, or has another form or a number that is not finite. An .npz of float32 “features” (pictures × width) and “paths” (one a picture) is read; the exported script writes one.',
  'pretrained/features-unmatched':
    'No path in {path} is one of the dataset. It has “{first}”, the dataset “{wanted}”: paths are relative to dataset.root.',
};
