import { appendFileSync } from 'node:fs'

/** Notes a secret that a story has used: after all of them, no service may have logged it. */
export function noteSecret(secret: string): void {
  const file = process.env.QUITS_USED_SECRETS
  if (file) appendFileSync(file, `${secret}\n`)
}
