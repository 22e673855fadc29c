/** Something that a sentence of the server contains. */
export interface Fact {
  name: string
  value: string
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
  | 'group'
  | 'last'
  | 'least'
  | 'most'
  | 'name'
  | 'owed'
  | 'parts'
  | 'percent'
  | 'program'
  | 'reason'
  | 'retryAfterSeconds'
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

/** The facts of a refusal or a problem, by name. */
export function factsOf(facts: readonly Fact[]): Facts {
  const known = new Map(facts.map(({ name, value }) => [name, value]))
  return new Proxy({} as Facts, { get: (_, name) => known.get(String(name)) ?? '' })
}
