import { useApolloClient } from '@apollo/client/react'
import { useEffect, useState } from 'react'
import { RateToday, type RateTodayQuery } from './documents.generated'

type Rate = NonNullable<RateTodayQuery['exchangeRate']>

/** The reference rates of these currencies in another one, by currency; undefined until all are known. */
export function useRates(
  currencies: readonly string[],
  to: string,
): ReadonlyMap<string, Rate> | undefined {
  const client = useApolloClient()
  const [rates, setRates] = useState<ReadonlyMap<string, Rate>>()
  const wanted = currencies.join(' ')
  useEffect(() => {
    let gone = false
    async function load() {
      const answers = wanted.split(' ').map(async (from) => {
        const { data } = await client.query({ query: RateToday, variables: { from, to } })
        return [from, data?.exchangeRate] as const
      })
      const known = (await Promise.all(answers)).filter((each): each is [string, Rate] => !!each[1])
      if (!gone) setRates(known.length === answers.length ? new Map(known) : undefined)
    }
    // Without rates there is nothing to show.
    if (wanted) load().catch(() => undefined)
    return () => {
      gone = true
    }
  }, [client, wanted, to])
  return rates
}
