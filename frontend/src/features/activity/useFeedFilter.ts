import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import type { ActivityFilter, ActivityTopic } from '../../api/schema.generated'

export const TOPICS = [
  'EXPENSES',
  'COMMENTS',
  'PAYMENTS',
  'MEMBERS',
] as const satisfies readonly ActivityTopic[]

/** What a feed is narrowed to, under these names in the address. */
export interface FeedChoice {
  topic: ActivityTopic | undefined
  member: string | undefined
}

/** The filter of a feed, which is kept in the address. */
export function useFeedFilter() {
  const [params, setParams] = useSearchParams()
  const topic = TOPICS.find((each) => each === params.get('topic'))
  const member = params.get('member') ?? undefined
  const filter = useMemo((): ActivityFilter | undefined => {
    if (!topic && !member) return undefined
    return { ...(topic && { topics: [topic] }), ...(member && { memberId: member }) }
  }, [topic, member])
  return {
    choice: { topic, member },
    filter,
    change: (choice: Partial<FeedChoice>) => {
      const entries = Object.entries({ topic, member, ...choice })
      const given = entries.flatMap(([name, value]) => (value ? [[name, value]] : []))
      setParams(new URLSearchParams(given), { replace: true, preventScrollReset: true })
    },
  }
}
