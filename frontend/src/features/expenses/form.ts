import { t } from '@lingui/core/macro'
import { messageAt, type Refusal } from '../../api/refusal'
import type { CreateExpenseInput, SplitInput } from '../../api/schema.generated'
import {
  convert,
  fromMinor,
  type Money,
  parseMoney,
  parseRate,
  rateText,
  type Parsed,
} from '../../lib/money'
import { assign, problemText, wire, type Texts, type Whole } from '../../lib/amounts'
import { derivedTotal, emptySplit, readSplit, type SplitForm } from './split'

/** What is in the fields, as typed. */
export interface ExpenseForm extends SplitForm {
  description: string
  /** Always typed without a sign. */
  amount: string
  /** Money came back: every amount counts the other way. */
  refund: boolean
  /** The refund was told by a minus in front of the amount, and goes with the amount. */
  minus: boolean
  currency: string
  /** How much of the group's currency a unit of another one is; empty where nobody says so. */
  rate: string
  date: string
  /** Empty: none chosen. */
  category: string
  notes: string
  several: boolean
  payer: string
  paid: Texts
}

export type Field =
  'description' | 'amount' | 'rate' | 'date' | 'category' | 'notes' | 'payers' | 'split'
export type Errors = Partial<Record<Field, string>>

/** An expense to send, but for its split. */
export type Body = Omit<CreateExpenseInput, 'groupId' | 'idempotencyKey' | 'split'>

/** What the fields mean: an input to send, or what is wrong with them. */
export interface Reading {
  total: bigint | undefined
  /** What shares or items add up to while no amount is typed: the total, then. */
  derived: bigint | undefined
  /** The total in the currency of the group, where a rate says so. */
  converted: Money | undefined
  /** What is left of the total for payers and shares; undefined where nothing is to be assigned. */
  payersLeft: bigint | undefined
  splitLeft: bigint | undefined
  /** What the adjustments leave to be shared equally. */
  rest: bigint | undefined
  /** Undefined while it is incomplete, and when a saved split is kept. */
  split: SplitInput | undefined
  errors: Errors
  /** Undefined while there are errors. */
  body: Body | undefined
}

export function emptyForm(currency: string, date: string, payer: string): ExpenseForm {
  return {
    ...emptySplit(),
    description: '',
    amount: '',
    refund: false,
    minus: false,
    currency,
    rate: '',
    date,
    category: '',
    notes: '',
    several: false,
    payer,
    paid: {},
  }
}

function readPayers(form: ExpenseForm, members: readonly string[], whole: Whole) {
  if (!form.several) {
    const parts = [{ memberId: form.payer, amount: wire(whole.minor, whole) }]
    return { parts, left: undefined, problem: undefined }
  }
  const assigned = assign(form.paid, members, whole)
  const unbalanced = assigned.left === 0n ? undefined : t`What was paid does not add up yet.`
  return { ...assigned, problem: assigned.problem ?? unbalanced }
}

/** The amount that was typed, or what shares and items add up to while none is. */
function readAmount(form: ExpenseForm, derived: bigint | undefined): Parsed {
  if (derived !== undefined) return { ok: true, minor: derived }
  return parseMoney(form.amount, form.currency)
}

/** The rate that was typed; undefined where there is none, or none is needed. */
function readRate({ rate, currency }: ExpenseForm, groupCurrency: string) {
  if (currency === groupCurrency || !rate.trim()) return {}
  const parsed = parseRate(rate)
  if (!parsed.ok) {
    return {
      problem:
        parsed.problem === 'decimals'
          ? t`A rate has up to ten decimals.`
          : t`This is not a rate. Write it like 1.25.`,
    }
  }
  return parsed.minor > 0n ? { units: parsed.minor } : { problem: t`A rate is more than zero.` }
}

/** Reads the whole form for the given members of a group with this currency. */
export function readForm(
  form: ExpenseForm,
  members: readonly string[],
  groupCurrency = form.currency,
): Reading {
  const { currency } = form
  const errors: Errors = {}
  const derived = form.amount.trim() ? undefined : derivedTotal(form, members, currency)
  const amount = readAmount(form, derived)
  if (!form.description.trim()) errors.description = t`Say what it was for.`
  if (!form.date) errors.date = t`Choose a day.`
  if (!amount.ok) errors.amount = problemText(amount.problem, currency)
  else if (amount.minor <= 0n) errors.amount = t`The amount must be more than zero.`

  const rate = readRate(form, groupCurrency)
  if (rate.problem) errors.rate = rate.problem

  const minor = amount.ok ? amount.minor : 0n
  const whole: Whole = { minor, currency, sign: form.refund ? -1n : 1n }
  const payers = readPayers(form, members, whole)
  const split = readSplit(form, members, whole)
  if (payers.problem) errors.payers = payers.problem
  if (split.problem) errors.split = split.problem

  const complete = Object.keys(errors).length === 0
  return {
    total: amount.ok ? minor * whole.sign : undefined,
    derived,
    converted:
      rate.units && amount.ok
        ? fromMinor(convert(minor * whole.sign, currency, rate.units, groupCurrency), groupCurrency)
        : undefined,
    payersLeft: touched(form.paid) || amount.ok ? payers.left : undefined,
    // Before there is anything to assign, nothing is assigned.
    splitLeft: derived === undefined && amount.ok ? split.left : undefined,
    rest: split.rest,
    split: split.split,
    errors,
    body: complete ? bodyOf(form, whole, payers.parts, rate.units) : undefined,
  }
}

const touched = (texts: Texts) => Object.values(texts).some((text) => text.trim())

function bodyOf(
  form: ExpenseForm,
  whole: Whole,
  payers: Body['payers'],
  rate: bigint | undefined,
): Body {
  return {
    description: form.description.trim(),
    total: fromMinor(whole.minor * whole.sign, form.currency),
    date: form.date,
    category: form.category || null,
    notes: form.notes.trim() || null,
    payers,
    ...(rate && { rate: rateText(rate) }),
  }
}

const FIELDS: readonly Field[] = [
  'description',
  'rate',
  'date',
  'category',
  'notes',
  'payers',
  'split',
]

/** The errors of a form that the server has refused, at their fields. */
export function refusedErrors(refusal: Refusal | undefined): Errors {
  if (!refusal) return {}
  const field = messageAt(refusal, 'total')
    ? 'amount'
    : FIELDS.find((each) => messageAt(refusal, each))
  return field ? { [field]: refusal.message } : {}
}
