type Handlers<Events> = { [K in keyof Events]?: Set<Events[K]> };

/** Named handlers. One that throws is reported and does not keep the others from being told. */
export class Emitter<Events extends { [K in keyof Events]: (...args: never[]) => void }> {
  private readonly handlers: Handlers<Events> = {};

  /** Returns what takes the handler off again. */
  on<K extends keyof Events>(name: K, handler: Events[K]): () => void {
    const own = (this.handlers[name] ??= new Set());
    own.add(handler);
    return () => own.delete(handler);
  }

  emit<K extends keyof Events>(name: K, ...args: Parameters<Events[K]>): void {
    for (const handler of [...(this.handlers[name] ?? [])]) {
      try {
        handler(...args);
      } catch (problem) {
        console.error(`a handler of '${String(name)}' failed`, problem);
      }
    }
  }
}
