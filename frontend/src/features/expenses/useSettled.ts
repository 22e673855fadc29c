import { useEffect, useState } from 'react'

const TYPING_MS = 250

/** The value once it has not changed for a moment. */
export function useSettled<Value>(value: Value, signature: string): Value | undefined {
  const [settled, setSettled] = useState<{ value: Value; signature: string }>()
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled({ value, signature })
    }, TYPING_MS)
    return () => {
      clearTimeout(timer)
    }
    // The signature stands for the value, which is made anew on every rendering.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [signature])
  return settled?.signature === signature ? settled.value : undefined
}
