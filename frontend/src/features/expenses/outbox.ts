import type { CreateExpenseInput } from '../../api/schema.generated'
import type { Refusal } from '../../api/refusal'
import type { ExpenseForm } from './form'

/** An expense that waits on this device until it can be sent. */
export interface Waiting {
  /** The person who wrote it: nobody else at this browser sees or sends it. */
  userId: string
  /** As it will be sent; its idempotency key makes sure that it is saved once. */
  input: CreateExpenseInput
  /** As it was typed, to be edited. */
  form: ExpenseForm
  /** Why it was not taken; it is not sent again until somebody has edited it. */
  refusal?: Refusal
}

const KEY = 'quits.outbox'

/** The expenses that wait on this device, shared by all tabs. */
export class Outbox {
  private readonly listeners = new Set<() => void>()
  private text: string | null = null
  private list: readonly Waiting[] = []

  constructor() {
    window.addEventListener('storage', ({ key }) => {
      if (key === KEY || key === null) this.tell()
    })
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** The same list until something changes, the oldest first. */
  all = (): readonly Waiting[] => {
    const text = localStorage.getItem(KEY)
    if (text !== this.text) {
      this.text = text
      this.list = parse(text)
    }
    return this.list
  }

  /** Adds an expense, or replaces the one with the same key. */
  put(waiting: Waiting): void {
    const { idempotencyKey } = waiting.input
    const known = this.all().some(({ input }) => input.idempotencyKey === idempotencyKey)
    this.keep(
      known
        ? this.all().map((each) => (each.input.idempotencyKey === idempotencyKey ? waiting : each))
        : [...this.all(), waiting],
    )
  }

  remove(idempotencyKey: string): void {
    this.keep(this.all().filter(({ input }) => input.idempotencyKey !== idempotencyKey))
  }

  /** Removes one that was saved, or keeps why it was refused; not if it was changed or removed while it was sent. */
  settle(sent: Waiting, refusal?: Refusal): void {
    const { idempotencyKey } = sent.input
    const now = this.all().find(({ input }) => input.idempotencyKey === idempotencyKey)
    if (JSON.stringify(now) !== JSON.stringify(sent)) return
    if (refusal) this.put({ ...sent, refusal })
    else this.remove(idempotencyKey)
  }

  private keep(list: readonly Waiting[]): void {
    localStorage.setItem(KEY, JSON.stringify(list))
    this.tell()
  }

  private tell(): void {
    for (const listener of this.listeners) listener()
  }
}

function parse(text: string | null): readonly Waiting[] {
  if (!text) return []
  try {
    return JSON.parse(text) as Waiting[]
  } catch {
    return []
  }
}

export const outbox = new Outbox()
