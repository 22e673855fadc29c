import type { Facts } from '../facts'
import { sentenceOf } from '../sentences'
import { CODES, FIELDS } from './codes'
import { REASONS } from './reasons'

/** The sentence of a refusal: of its reason if it names one, else of its field, else of its code. */
export function sentenceOfRefusal(code: string, english: unknown, facts: Facts): string {
  const compose = REASONS[facts.reason]
  if (compose) return compose(facts)
  const field = code === 'VALIDATION' ? facts.field.split('.').at(-1) : undefined
  return sentenceOf(code, english, (field && FIELDS[field]) || CODES[code])
}
