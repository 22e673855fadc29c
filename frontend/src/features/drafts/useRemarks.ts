import { useEffect, useState } from 'react'
import type { Problem } from '../../api/problem'
import { loadTexts } from '../../lib/i18n'

type Sentence = (remark: Problem) => string

// The page of a group does without their sentences until a draft has something to say.
const load = async (): Promise<Sentence> => {
  const [{ remarkSentence }] = await Promise.all([import('./remarks/sentences'), loadTexts('rest')])
  return remarkSentence
}
const inEnglish: Sentence = ({ message }) => message

/** What a draft leaves open or takes for granted, as sentences; none until they can be composed. */
export function useRemarks(remarks: readonly Problem[] = []): readonly string[] {
  const [sentence, setSentence] = useState<Sentence>()
  const needed = remarks.length > 0
  useEffect(() => {
    let gone = false
    const use = (loaded: Sentence) => {
      if (!gone) setSentence(() => loaded)
    }
    if (needed)
      load().then(use, () => {
        use(inEnglish)
      })
    return () => {
      gone = true
    }
  }, [needed])
  return sentence ? remarks.map(sentence) : []
}
