import { t } from '@lingui/core/macro'
import type { FieldErrors, Resolver } from 'react-hook-form'
import { problemText } from '../../lib/amounts'
import type { RecordPaymentInput } from '../../api/schema.generated'
import { editMoney, fromMinor, parseMoney, toMinor } from '../../lib/money'
import type { PaymentPartsFragment } from './documents.generated'
import type { RECORDABLE } from './methods'

export interface PaymentForm {
  from: string
  to: string
  amount: string
  currency: string
  /** How much of a debt in another currency it settles. */
  settles: string
  /** The currency of that debt; empty where what was paid counts itself. */
  settled: string
  method: (typeof RECORDABLE)[number]
  date: string
  note: string
}

export type PaymentErrors = Partial<
  Record<'from' | 'to' | 'amount' | 'settles' | 'date' | 'note', string>
>
type Body = Omit<RecordPaymentInput, 'groupId' | 'idempotencyKey'>

/** The form as a proposed transfer fills it; the parameters come from an address. */
export function proposed(
  params: URLSearchParams,
  viewer: string,
  currency: string,
  date: string,
): PaymentForm {
  const chosen = params.get('currency') ?? currency
  return {
    from: params.get('from') ?? viewer,
    to: params.get('to') ?? '',
    amount: typedAmount(params.get('amount'), chosen),
    currency: chosen,
    settles: '',
    settled: '',
    method: 'CASH',
    date,
    note: '',
  }
}

/** The form as a recorded payment fills it. */
export function formOf(
  payment: Pick<
    PaymentPartsFragment,
    'from' | 'to' | 'amount' | 'settles' | 'method' | 'date' | 'note'
  >,
): PaymentForm {
  const { from, to, amount, settles, method, date, note } = payment
  return {
    from: from.id,
    to: to.id,
    amount: typedAmount(amount.amount, amount.currency),
    currency: amount.currency,
    settles: settles ? typedAmount(settles.amount, settles.currency) : '',
    settled: settles?.currency ?? '',
    // By hand nothing else can be chosen.
    method: method === 'CARD' ? 'OTHER' : method,
    date,
    note: note ?? '',
  }
}

/** A wire amount as one would type it; an address that somebody changed gives an empty field. */
function typedAmount(amount: string | null, currency: string): string {
  if (!amount) return ''
  try {
    return editMoney(toMinor({ amount, currency }), currency)
  } catch {
    return ''
  }
}

export function readPayment(form: PaymentForm): { errors: PaymentErrors; body: Body | undefined } {
  const errors: PaymentErrors = {}
  const { currency, settled } = form
  const amount = positive(form.amount, currency)
  if (amount.problem) errors.amount = amount.problem
  const settles = settled ? positive(form.settles, settled) : undefined
  if (settles?.problem) errors.settles = settles.problem
  else if (settled === currency) errors.settles = t`This is what was paid. Choose another currency.`
  if (!form.to) errors.to = t`Choose who received it.`
  else if (form.from === form.to) errors.to = t`Nobody can pay themselves.`
  if (!form.date) errors.date = t`Choose a day.`
  if (Object.keys(errors).length > 0) return { errors, body: undefined }
  return {
    errors,
    body: {
      fromMemberId: form.from,
      toMemberId: form.to,
      amount: fromMinor(amount.minor, currency),
      ...(settles && { settles: fromMinor(settles.minor, settled) }),
      method: form.method,
      date: form.date,
      note: form.note.trim() || null,
    },
  }
}

/** Reads an amount that has to be more than zero. */
function positive(typed: string, currency: string): { minor: bigint; problem?: string } {
  const amount = parseMoney(typed, currency)
  if (!amount.ok) return { minor: 0n, problem: problemText(amount.problem, currency) }
  if (amount.minor > 0n) return amount
  return { minor: 0n, problem: t`The amount must be more than zero.` }
}

/** Finds what is wrong with a form before it is sent. */
export const checked: Resolver<PaymentForm> = (form) => {
  const wrong = Object.entries(readPayment(form).errors)
  const errors: FieldErrors<PaymentForm> = Object.fromEntries(
    wrong.map(([field, message]) => [field, { type: 'value', message }]),
  )
  return wrong.length > 0 ? { values: {}, errors } : { values: form, errors: {} }
}

/** Fields that the API calls otherwise. */
export const PLACES = { fromMemberId: 'from', toMemberId: 'to' } as const
