import { skipToken, useQuery } from '@apollo/client/react'
import { useEffect, useState } from 'react'
import type { SplitInput } from '../../api/schema.generated'
import { fromMinor, type Money } from '../../lib/money'
import { PreviewSplit } from './documents.generated'

const TYPING_MS = 250

/** The value once it has not changed for a moment. */
function useSettled<Value>(value: Value, signature: string): Value | undefined {
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

/**
 * Every member's share to the cent, as the server would save it now. Undefined while it is not
 * known: the form works without it.
 */
export function usePreview(
  total: bigint | undefined,
  currency: string,
  split: SplitInput | undefined,
): Map<string, Money> | undefined {
  const ready = total !== undefined && total !== 0n && split !== undefined
  const wanted = ready ? { total: fromMinor(total, currency), split } : undefined
  const variables = useSettled(wanted, JSON.stringify(wanted ?? null))
  const { data } = useQuery(
    PreviewSplit,
    variables ? { variables, fetchPolicy: 'no-cache' } : skipToken,
  )
  if (!variables || !data) return undefined
  return new Map(data.previewSplit.map(({ member, amount }) => [member.id, amount]))
}
