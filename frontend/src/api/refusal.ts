import { loadTexts } from '../lib/i18n'
import { factsOf, type Fact } from './facts'
import type { Problem } from './problem'
import { saysAll, sentenceOf } from './sentences'

/** Why something did not happen: a code to decide by, a sentence to show, maybe a field. */
export interface Refusal {
  code: string
  message: string
  /** The path of the refused field inside the input, such as `total.amount`. */
  field?: string
  /** What is wrong with a file that was sent. */
  problem?: Problem
}

/** The refusal's sentence, if it is about one of these fields or something inside them. */
export function messageAt(refusal: Refusal | undefined, ...fields: string[]): string | undefined {
  const path = refusal?.field
  const about = (field: string) => path === field || path?.startsWith(`${field}.`)
  return fields.some(about) ? refusal?.message : undefined
}

interface ErrorShape {
  message?: unknown
  extensions?: Record<string, unknown> | undefined
}

/** Reads any failure of an operation as a refusal. */
export function readRefusal(error: unknown): Refusal {
  const [first] = graphqlErrors(error)
  if (!first) return { code: 'UNREACHABLE', message: sentenceOf('UNREACHABLE', undefined) }
  const { code, field } = first.extensions ?? {}
  const named = typeof code === 'string' ? code : 'INTERNAL'
  const at = typeof field === 'string' ? field.replace(/^(input|changes)\./, '') : undefined
  const message = sentenceOf(named, first.message)
  return { code: named, message, ...(at ? { field: at } : {}), ...problemIn(first) }
}

/**
 * Reads a failure of what a person did as a refusal, with the sentence of its reason or field. These sentences are loaded
 * when the first of them is needed; without them, the one of the code is shown.
 */
export async function explainRefusal(error: unknown): Promise<Refusal> {
  const refusal = readRefusal(error)
  const [first] = graphqlErrors(error)
  if (!first?.extensions || (saysAll(refusal.code) && !first.extensions.reason)) return refusal
  try {
    const [{ sentenceOfRefusal }] = await Promise.all([import('./refusals'), loadTexts('refusals')])
    const facts = factsOf(factsIn(first.extensions))
    return { ...refusal, message: sentenceOfRefusal(refusal.code, first.message, facts) }
  } catch {
    return refusal
  }
}

function factsIn(extensions: Record<string, unknown>): Fact[] {
  return Object.entries(extensions).map(([name, value]) => ({ name, value: String(value) }))
}

/** Refusals of files say what is wrong as codes and facts of their own. */
function problemIn({ message, extensions = {} }: ErrorShape): Pick<Refusal, 'problem'> {
  const { problem } = extensions
  if (typeof problem !== 'string') return {}
  return { problem: { code: problem, facts: factsIn(extensions), message: String(message) } }
}

/** True when the access token was refused. */
export function isUnauthenticated(error: unknown): boolean {
  if (error instanceof Error && 'statusCode' in error && error.statusCode === 401) return true
  return graphqlErrors(error).some((each) => each.extensions?.code === 'UNAUTHENTICATED')
}

/** Apollo's errors are told by what they hold: signed-out pages do without its classes. */
function graphqlErrors(error: unknown): readonly ErrorShape[] {
  if (!(error instanceof Error)) return []
  if ('errors' in error && Array.isArray(error.errors)) return error.errors as ErrorShape[]
  if ('bodyText' in error && typeof error.bodyText === 'string') return errorsInBody(error.bodyText)
  return []
}

/** GraphQL errors may come with an HTTP status of their own, such as 401. */
function errorsInBody(text: string): ErrorShape[] {
  try {
    const body = JSON.parse(text) as { errors?: ErrorShape[] }
    return Array.isArray(body.errors) ? body.errors : []
  } catch {
    return []
  }
}
