import type { Template } from '../say';

/** A run as a terminal shows it while it goes on. */
export const live: Readonly<Record<string, Template>> = {
  'live/started': '{title} on the {backend} backend',
  'live/estimate': 'This will take about {minutes} min. Ctrl-C stops it with a checkpoint.',
  'live/role/baseline': 'plain baseline',
  'live/role/recipe': 'recipe',
  'live/features':
    'pictures through the network on {backend} · {done} of {total} · {speed} images/s · {left} left',
  'live/place': '{role} · {stage} · epoch {epoch}/{epochs}',
  'live/figures':
    'loss {loss} · learning rate {rate} · {speed} samples/s · {left} left · {backend}',
  'live/validation': 'validation',
  'live/row/own': 'this run',
  'live/row/plain': 'plain, same step',
  'live/row/plain-before': 'plain, last before',
  'live/row/change': 'change',
  'live/band': '{band} {value}',
  'live/band-beside': '{band} {value} (plain {plain})',
  'live/stage-done': '{role} · {stage} done in {time}',
  'live/warning': 'warning: {text}',
};
