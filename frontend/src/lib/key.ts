import { useState } from 'react'
import { forget, keep, readKept } from './kept'

/** A key that makes a repeated mutation harmless. */
export function newKey(): string {
  // Pages over plain HTTP (a phone in the same network) have no randomUUID.
  if ('randomUUID' in crypto) return crypto.randomUUID()
  const bytes = (crypto as Crypto).getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** One idempotency key per opening of a form: a retry sends the same one. */
export function useIdempotencyKey(): string {
  const [key] = useState(newKey)
  return key
}

/** The key of a form that is kept while it is unfinished: the same one when it is sent after it was left. */
export function useKeptKey(keptAs: string) {
  const name = `key.${keptAs}`
  const [key, setKey] = useState(() => (readKept(name) as string | undefined) ?? newKey())
  return {
    key,
    /** To be called before the form is sent. */
    keep: () => {
      keep(name, key)
    },
    /** The next form of this name is about something else. */
    forget: () => {
      forget(name)
    },
    /** This form is about something else from now on. */
    renew: () => {
      forget(name)
      setKey(newKey())
    },
  }
}
