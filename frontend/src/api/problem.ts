import { sentenceOf } from './sentences'

/** What the server has to say to a person: a code, what its sentence contains, and the sentence in English. */
export interface Problem {
  code: string
  facts: readonly { name: string; value: string }[]
  message: string
}

type FactName =
  | 'amount'
  | 'choices'
  | 'computed'
  | 'count'
  | 'currency'
  | 'expected'
  | 'extra'
  | 'field'
  | 'first'
  | 'most'
  | 'name'
  | 'owed'
  | 'parts'
  | 'percent'
  | 'program'
  | 'second'
  | 'sum'
  | 'text'
  | 'total'
  | 'word'
  | 'written'

/** What a sentence contains; empty where the server says nothing about it. */
export type Facts = Readonly<Record<FactName, string>>

/** Composes a sentence of facts. */
export type Compose = (facts: Facts) => string

export function factsOf({ facts }: Pick<Problem, 'facts'>): Facts {
  const known = new Map(facts.map(({ name, value }) => [name, value]))
  return new Proxy({} as Facts, { get: (_, name) => known.get(String(name)) ?? '' })
}

/** The sentence of a problem; one that is not in the table is a refusal. */
export function problemSentence(
  problem: Problem,
  sentences: Readonly<Record<string, Compose>>,
): string {
  const facts = factsOf(problem)
  const compose = sentences[problem.code]
  if (compose) return compose(facts)
  const field = facts.field.replace(/^input\./, '')
  return sentenceOf(problem.code, field || undefined, problem.message)
}
