import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors'

/** Why something did not happen: a code to decide by, a sentence to show, maybe a field. */
export interface Refusal {
  code: string
  message: string
  /** The path of the refused field inside the input, such as `total.amount`. */
  field?: string
}

/** The refusal's sentence, if it is about one of these fields or something inside them. */
export function messageAt(refusal: Refusal | undefined, ...fields: string[]): string | undefined {
  const path = refusal?.field
  const about = (field: string) => path === field || path?.startsWith(`${field}.`)
  return fields.some(about) ? refusal?.message : undefined
}

const UNREACHABLE = 'Quits cannot be reached. Check your connection and try again.'
const BROKEN = 'Something went wrong on our side. Please try again.'
const SAVED_BEFORE =
  'An earlier try of this form has been saved. Close it and look at the list before you enter it again.'

// Codes whose sentences are written for people. Any other text may be of a machine.
const REFUSALS = new Set(
  `UNAUTHENTICATED VALIDATION NOT_ALLOWED GROUP_NOT_FOUND EXPENSE_NOT_FOUND PAYMENT_NOT_FOUND
   INVITE_NOT_FOUND DRAFT_NOT_FOUND STALE_VERSION SHARES_DO_NOT_ADD_UP CURRENCY_MISMATCH EMAIL_TAKEN
   BAD_CREDENTIALS RATE_LIMITED NOT_CONFIGURED`.split(/\s+/),
)

interface ErrorShape {
  message?: unknown
  extensions?: Record<string, unknown> | undefined
}

/** Reads any failure of an operation as a refusal. */
export function readRefusal(error: unknown): Refusal {
  const [first] = graphqlErrors(error)
  if (!first) return { code: 'UNREACHABLE', message: UNREACHABLE }
  const { code, field } = first.extensions ?? {}
  const named = typeof code === 'string' ? code : 'INTERNAL'
  return {
    code: named,
    message: sentenceOf(named, first.message),
    ...(typeof field === 'string' ? { field: field.replace(/^(input|changes)\./, '') } : {}),
  }
}

function sentenceOf(code: string, message: unknown): string {
  if (code === 'IDEMPOTENCY_KEY_REUSED') return SAVED_BEFORE
  return REFUSALS.has(code) && typeof message === 'string' ? message : BROKEN
}

/** True when the access token was refused. */
export function isUnauthenticated(error: unknown): boolean {
  if (ServerError.is(error) && error.statusCode === 401) return true
  return graphqlErrors(error).some((each) => each.extensions?.code === 'UNAUTHENTICATED')
}

function graphqlErrors(error: unknown): readonly ErrorShape[] {
  if (CombinedGraphQLErrors.is(error)) return error.errors
  return ServerError.is(error) ? errorsInBody(error.bodyText) : []
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
