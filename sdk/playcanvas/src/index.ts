export { EntitySpawner } from './entitySpawner.js';
export { FloatingOrigin } from './floatingOrigin.js';
export { InterpolatedTransform } from './interpolatedTransform.js';
export { KeyboardInput } from './keyboardInput.js';
export { NetworkEntity } from './networkEntity.js';
export { Origin, originOf } from './origin.js';
export { type InputSource, PredictedPlayer } from './predictedPlayer.js';
export { type LocalStart, type OnlineStart, sessionOf, TerraneSession } from './terraneSession.js';
