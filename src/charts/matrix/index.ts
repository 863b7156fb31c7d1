export * from './raster';
export * from './sparse';
export * from './view';
