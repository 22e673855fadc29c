import { factsOf, type Compose, type Fact } from './facts'
import { sentenceOfRefusal } from './refusals'

/** What the server has to say to a person: a code, what its sentence contains, and the sentence in English. */
export interface Problem {
  code: string
  facts: readonly Fact[]
  message: string
}

/** The sentence of a problem; one that is not in the table is a refusal. */
export function problemSentence(
  problem: Problem,
  sentences: Readonly<Record<string, Compose>>,
): string {
  const facts = factsOf(problem.facts)
  const compose = sentences[problem.code]
  if (compose) return compose(facts)
  return sentenceOfRefusal(problem.code, problem.message, facts)
}
