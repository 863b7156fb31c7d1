import type { Template } from '../say';

/** Files of arrays, and a trained model's predictions read from them and corrected. */
export const predictions: Readonly<Record<string, Template>> = {
  'arrays/damaged':
    '{path}: {name} cannot be read; the file is damaged, cut short, or of another format. Write it anew with np.save or np.savez.',
  'arrays/pickled':
    '{path}: {name} holds Python objects, which only Python can open by running them; nothing is run here. Save it with a plain type, for instance np.asarray(x, dtype="float32"), or dtype="U" for names.',
  'arrays/structured':
    '{path}: {name} holds records of several fields. Save each field as an array of its own.',
  'arrays/unknown-type':
    '{path}: {name} is of type {type}. Save it as float16, float32, float64, an integer, a boolean or text.',
  'arrays/compression':
    '{path}: {name} is packed in a way that NumPy does not use. Write the file with np.savez or np.savez_compressed.',
  'arrays/too-large': '{path}: {name} is over 2 GB. Save it as float32, or in parts.',
};
