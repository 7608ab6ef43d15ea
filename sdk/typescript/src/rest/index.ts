export { Rest, RestError, type RestOptions } from './rest.js';
export type * from './types.js';
