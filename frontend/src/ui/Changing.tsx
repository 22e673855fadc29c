import { useState, type ReactNode } from 'react'
import { classes } from './classes'

interface ChangingProps {
  value: string
  className?: string
  children: ReactNode
}

/** Glows for a moment when its value changes, but not when it first appears. */
export function Changing({ value, className, children }: ChangingProps) {
  const [seen, setSeen] = useState({ value, changes: 0 })
  if (seen.value !== value) setSeen({ value, changes: seen.changes + 1 })
  return (
    <span
      // A new key starts the animation again.
      key={seen.changes}
      className={classes(className, seen.changes > 0 && 'animate-glow')}
    >
      {children}
    </span>
  )
}
