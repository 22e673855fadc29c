import { plural, t } from '@lingui/core/macro'
import type { Facts } from '../facts'
import { sentenceOf } from '../sentences'
import { CODES, FIELDS } from './codes'
import { minutesOf } from './minutes'
import { REASONS } from './reasons'

/** The sentence of a refusal: of its reason if it names one, else of its field, else of its code. */
export function sentenceOfRefusal(code: string, english: unknown, facts: Facts): string {
  const compose = REASONS[facts.reason]
  if (compose) return compose(facts)
  const limit = limitIn(code, facts)
  if (limit) return sentenceOf(code, english, limit)
  const field = code === 'VALIDATION' ? facts.field.split('.').at(-1) : undefined
  return sentenceOf(code, english, (field && FIELDS[field]) || CODES[code])
}

/** What is said of a number that comes without a reason. */
function limitIn(code: string, { least, most, retryAfterSeconds }: Facts): string | undefined {
  if (code === 'RATE_LIMITED' && retryAfterSeconds) {
    const minutes = minutesOf(retryAfterSeconds)
    return plural(minutes, {
      one: 'Too many tries. Please wait a minute.',
      other: 'Too many tries. Please wait # minutes.',
    })
  }
  if (code !== 'VALIDATION') return undefined
  if (least && most) return t`This has to be between ${least} and ${most}.`
  if (most) return t`At most ${most} are possible here.`
  return least ? t`At least ${least} are needed here.` : undefined
}
