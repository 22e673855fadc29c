import { skipToken, useQuery } from '@apollo/client/react'
import { SuggestCategory } from './documents.generated'
import { useSettled } from './useSettled'

/** The category that the server would set for a description; empty while there is none to tell. */
export function useGuess(description: string, wanted: boolean): string {
  const text = wanted ? description.trim() : ''
  const settled = useSettled(text, text)
  const { data } = useQuery(
    SuggestCategory,
    settled ? { variables: { description: settled } } : skipToken,
  )
  const guess = settled ? data?.suggestCategory : undefined
  return guess && guess !== 'other' ? guess : ''
}
