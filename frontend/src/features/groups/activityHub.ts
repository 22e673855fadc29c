/** Who wants to know what happens, in all groups or in one. */
export interface Listener {
  groupId: string | undefined
  /** Asks for what is shown, anew. */
  ask: () => unknown
}

/** Tells everybody who listens of what happens in the groups of the viewer. */
export class ActivityHub {
  private readonly listeners = new Set<Listener>()
  private readonly asking = new Set<Listener>()
  private readonly outdated = new Set<Listener>()

  /** Listens until the returned function is called. */
  listen(listener: Listener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Something has happened in this group; without one, maybe something in any group. */
  tell(groupId?: string): void {
    for (const listener of this.listeners) {
      if (groupId && listener.groupId && listener.groupId !== groupId) continue
      this.outdated.add(listener)
      void this.ask(listener)
    }
  }

  /** One question at a time: what happens during one may not be in its answer. */
  private async ask(listener: Listener): Promise<void> {
    if (this.asking.has(listener)) return
    this.asking.add(listener)
    while (this.outdated.delete(listener) && this.listeners.has(listener)) {
      try {
        await listener.ask()
      } catch {
        // What is shown says itself that it could not be asked for.
      }
    }
    this.asking.delete(listener)
  }
}
