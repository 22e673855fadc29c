import { skipToken, useQuery } from '@apollo/client/react'
import type { SplitInput } from '../../api/schema.generated'
import { fromMinor, type Money } from '../../lib/money'
import { PreviewSplit } from './documents.generated'
import { useSettled } from './useSettled'

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
