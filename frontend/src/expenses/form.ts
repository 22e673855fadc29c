import { messageAt, type Refusal } from '../app/refusal'
import type { CreateExpenseInput, SplitInput } from '../gql/graphql'
import { exponentOf, fromMinor, parseMoney, sum, type ParseProblem } from '../money'

/** The modes that the form offers, in the order of the switch. */
export const MODES = [
  ['EQUAL', 'Equally'],
  ['EXACT', 'Exact amounts'],
] as const

export type Mode = (typeof MODES)[number][0]

/** What is in the fields, as typed. */
export interface ExpenseForm {
  description: string
  amount: string
  currency: string
  date: string
  /** Empty: none chosen. */
  category: string
  notes: string
  several: boolean
  payer: string
  paid: Record<string, string>
  mode: Mode
  /** Members who take no part in an equal split. */
  without: Record<string, boolean>
  exact: Record<string, string>
}

export type Field = 'description' | 'amount' | 'date' | 'category' | 'notes' | 'payers' | 'split'
export type Errors = Partial<Record<Field, string>>
type Body = Omit<CreateExpenseInput, 'groupId' | 'idempotencyKey'>

/** What the fields mean: an input to send, or what is wrong with them. */
export interface Reading {
  total: bigint | undefined
  /** What is left of the total for payers and shares; undefined where nothing is to be assigned. */
  payersLeft: bigint | undefined
  splitLeft: bigint | undefined
  split: SplitInput | undefined
  errors: Errors
  body: Body | undefined
}

export function emptyForm(currency: string, date: string, payer: string): ExpenseForm {
  return {
    description: '',
    amount: '',
    currency,
    date,
    category: '',
    notes: '',
    several: false,
    payer,
    paid: {},
    mode: 'EQUAL',
    without: {},
    exact: {},
  }
}

/** A sentence for what is wrong with a typed amount. */
export function problemText(problem: ParseProblem, currency: string): string {
  const decimals = exponentOf(currency)
  return {
    empty: 'Enter an amount.',
    malformed: 'This is not an amount.',
    decimals: `${currency} has ${decimals === 0 ? 'no' : `only ${decimals}`} decimals.`,
    range: 'This is more than can be counted.',
  }[problem]
}

interface Part {
  memberId: string
  amount: string
}

interface Assigned {
  parts: Part[]
  left: bigint
  problem: string | undefined
}

/** Reads one typed amount per member; empty fields are members without a part. */
export function assign(
  texts: Record<string, string>,
  members: readonly string[],
  total: bigint,
  currency: string,
): Assigned {
  const parts: Part[] = []
  const minors: bigint[] = []
  let problem: string | undefined
  for (const memberId of members) {
    const parsed = parseMoney(texts[memberId] ?? '', currency)
    if (parsed.ok) {
      minors.push(parsed.minor)
      if (parsed.minor < 0n) problem = 'Amounts cannot be negative.'
      if (parsed.minor !== 0n) parts.push({ memberId, ...pick(parsed.minor, currency) })
    } else if (parsed.problem !== 'empty') {
      problem = problemText(parsed.problem, currency)
    }
  }
  return { parts, left: total - sum(minors), problem }
}

function pick(minor: bigint, currency: string): { amount: string } {
  return { amount: fromMinor(minor, currency).amount }
}

/** Those who share an equal split. */
export function sharers(form: ExpenseForm, members: readonly string[]): string[] {
  return members.filter((id) => !form.without[id])
}

interface SplitReading {
  split?: SplitInput
  left?: bigint
  problem?: string | undefined
}

function readSplit(form: ExpenseForm, members: readonly string[], total: bigint): SplitReading {
  switch (form.mode) {
    case 'EQUAL': {
      const equal = sharers(form, members)
      return equal.length > 0 ? { split: { equal } } : { problem: 'Choose who shares this.' }
    }
    case 'EXACT': {
      const { parts, left, problem } = assign(form.exact, members, total, form.currency)
      if (problem) return { left, problem }
      if (left !== 0n) return { left, problem: 'The shares do not add up to the total yet.' }
      return { left, split: { exact: parts } }
    }
  }
}

function readPayers(form: ExpenseForm, members: readonly string[], total: bigint) {
  if (!form.several) {
    const parts = [{ memberId: form.payer, ...pick(total, form.currency) }]
    return { parts, left: undefined, problem: undefined }
  }
  const assigned = assign(form.paid, members, total, form.currency)
  const unbalanced = assigned.left === 0n ? undefined : 'What was paid does not add up yet.'
  return { ...assigned, problem: assigned.problem ?? unbalanced }
}

/** Reads the whole form for the given members. */
export function readForm(form: ExpenseForm, members: readonly string[]): Reading {
  const { currency } = form
  const errors: Errors = {}
  const amount = parseMoney(form.amount, currency)
  if (!form.description.trim()) errors.description = 'Say what it was for.'
  if (!form.date) errors.date = 'Choose a day.'
  if (!amount.ok) errors.amount = problemText(amount.problem, currency)
  else if (amount.minor <= 0n) errors.amount = 'The amount must be more than zero.'

  const total = amount.ok ? amount.minor : 0n
  const payers = readPayers(form, members, total)
  const split = readSplit(form, members, total)
  if (payers.problem) errors.payers = payers.problem
  if (split.problem) errors.split = split.problem
  const complete = Object.keys(errors).length === 0
  return {
    total: amount.ok ? amount.minor : undefined,
    payersLeft: payers.left,
    splitLeft: split.left,
    split: split.split,
    errors,
    body: complete && split.split ? bodyOf(form, total, payers.parts, split.split) : undefined,
  }
}

function bodyOf(form: ExpenseForm, total: bigint, payers: Part[], split: SplitInput): Body {
  return {
    description: form.description.trim(),
    total: fromMinor(total, form.currency),
    date: form.date,
    category: form.category || null,
    notes: form.notes.trim() || null,
    payers,
    split,
  }
}

const FIELDS: readonly Field[] = ['description', 'date', 'category', 'notes', 'payers', 'split']

/** The errors of a form that the server has refused, at their fields. */
export function refusedErrors(refusal: Refusal | undefined): Errors {
  if (!refusal) return {}
  const field = messageAt(refusal, 'total')
    ? 'amount'
    : FIELDS.find((each) => messageAt(refusal, each))
  return field ? { [field]: refusal.message } : {}
}
