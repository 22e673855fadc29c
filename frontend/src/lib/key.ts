import { useState } from 'react'

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
