import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { createImageDecoder } from '../../pictures/decodeImage';
import type { Image } from '../../pictures/image';
import type { DecodeAnswer, DecodeRequest, DecodeWorkerData } from './decodePool';
import { fitImage } from './image';

/** Thread that decodes batches of pictures to the network's size. */
const run = async (port: NonNullable<typeof parentPort>, data: DecodeWorkerData): Promise<void> => {
  const decode = await createImageDecoder(new WebAssembly.Module(readFileSync(data.jpegPath)));
  const tryDecode = (bytes: Uint8Array): Image | string => {
    try {
      return decode(bytes);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
  const answer = ({ id, files, shape }: DecodeRequest): DecodeAnswer => {
    const images = files.map(tryDecode);
    if (shape === null)
      return {
        id,
        results: images.map((image) =>
          typeof image === 'string'
            ? { error: image }
            : { width: image.width, height: image.height, channels: image.channels },
        ),
        pixels: null,
      };
    const size = shape.height * shape.width * shape.channels;
    const pixels = new Uint8Array(size * files.length);
    const results = images.map((image, i) => {
      if (typeof image === 'string') return { error: image };
      pixels.set(fitImage(image, shape), i * size);
      return { width: image.width, height: image.height, channels: image.channels };
    });
    return { id, results, pixels };
  };
  port.on('message', (request: DecodeRequest) => {
    const made = answer(request);
    port.postMessage(made, made.pixels === null ? [] : [made.pixels.buffer as ArrayBuffer]);
  });
};

if (parentPort !== null) void run(parentPort, workerData as DecodeWorkerData);
