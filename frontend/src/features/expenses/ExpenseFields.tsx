import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { ChevronDown } from 'lucide-react'
import { useId, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { CURRENCIES } from '../../lib/currencies'
import { formatDay, today } from '../../lib/dates'
import { workedOut } from '../../lib/amounts'
import { editMoney, withoutMinus } from '../../lib/money'
import { classes } from '../../ui/classes'
import { Field } from '../../ui/Field'
import { Series } from '../../ui/Series'
import { CategoryIcon, useCategoryLabel } from './categories'
import type { FormProps, Panel } from './fields'
import { MoreFields } from './MoreFields'
import { Outcome } from './Outcome'
import { PayersField } from './PayersField'
import { RateField } from './RateField'
import { splitSentence } from './split'
import { SplitField } from './SplitField'
import { usePreview } from './usePreview'

/**
 * Everything that is entered for an expense, in two levels: what it was for and how much; and,
 * behind lines that sum them up, who paid, how it is split, and the rest.
 */
export function ExpenseFields(props: FormProps) {
  const { form, reading, open } = props
  const categoryLabel = useCategoryLabel()
  const preview = usePreview(reading.total, form.currency, reading.split)
  return (
    <>
      <div className="grid gap-3">
        <Title {...props} />
        <Amount {...props} />
        {form.currency !== props.groupCurrency && <RateField {...props} />}
      </div>
      <section aria-label={t`Who paid, and who shares`} className="grid gap-3">
        <div className="flex flex-wrap gap-2">
          <Opener {...props} panel="payers">
            {payersSentence(props)}
          </Opener>
          <Opener {...props} panel="split">
            {splitSentence(form.kept ?? form.mode)}
          </Opener>
        </div>
        {open.has('payers') && <PayersField {...props} />}
        {open.has('split') && <SplitField {...props} preview={preview} />}
        {!open.has('split') && <Outcome {...props} preview={preview} />}
      </section>
      <section aria-label={t`More`} className="grid gap-3">
        <Opener {...props} panel="more">
          <Series of={moreFacts(props, categoryLabel)} between=" · " />
        </Opener>
        {open.has('more') && <MoreFields {...props} />}
      </section>
    </>
  )
}

function payersSentence({ form, people }: FormProps): string {
  if (form.several) return form.refund ? t`Received by several people` : t`Paid by several people`
  const name = people.inline(form.payer)
  return form.refund ? t`Received by ${name}` : t`Paid by ${name}`
}

/** What a closed panel holds, as far as it differs from an empty one. */
function moreFacts(
  { form, guess }: FormProps,
  categoryLabel: (category: string) => string,
): string[] {
  const day = form.date && form.date !== today() ? formatDay(form.date) : t`Today`
  const known = form.category || guess
  const category = known ? categoryLabel(known) : t`Category`
  const refund = form.refund ? t`Refund` : ''
  return [day, category, form.notes.trim() || t`Notes`, refund].filter(Boolean)
}

interface OpenerProps extends FormProps {
  panel: Panel
  children: ReactNode
}

/** A line that says what is chosen, and opens where it is chosen. */
function Opener({ panel, open, toggle, children }: OpenerProps) {
  const expanded = open.has(panel)
  return (
    <button
      type="button"
      aria-expanded={expanded}
      onClick={() => {
        toggle(panel)
      }}
      className={classes(
        'flex min-h-11 min-w-0 grow items-center justify-between gap-2 rounded-xl border px-3.5 text-left text-sm font-semibold transition-colors',
        expanded ? 'border-brand bg-brand-soft text-brand' : 'border-line bg-tile hover:bg-hover',
      )}
    >
      <span className="truncate">{children}</span>
      <ChevronDown
        size={16}
        aria-hidden="true"
        className={classes('shrink-0 transition-transform', expanded && 'rotate-180')}
      />
    </button>
  )
}

function Title({ form, change, errors }: FormProps) {
  const row = useRef<HTMLDivElement>(null)

  /** Enter goes on to the amount: a form with a title alone cannot be saved. */
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || form.amount.trim()) return
    event.preventDefault()
    row.current?.parentElement?.querySelector<HTMLElement>('[data-field=amount] input')?.focus()
  }

  return (
    <div ref={row} data-field="description" className="flex items-start gap-3">
      <span className="pt-0.5">
        <CategoryIcon category={form.category || 'other'} />
      </span>
      <Field
        label={t`What was it for?`}
        labelHidden
        error={errors.description}
        className="min-w-0 grow"
      >
        {(control) => (
          <input
            {...control}
            className="field font-semibold"
            autoComplete="off"
            enterKeyHint="next"
            placeholder={t`What was it for?`}
            value={form.description}
            onKeyDown={onKeyDown}
            onChange={(event) => {
              change({ description: event.target.value })
            }}
          />
        )}
      </Field>
    </div>
  )
}

/** The amount, large. While none is typed it is what shares or items add up to. */
function Amount(props: FormProps) {
  const { form, change, errors, reading } = props
  const { derived } = reading
  return (
    <div data-field="amount">
      <Field
        label={t`Amount`}
        labelHidden
        error={errors.amount}
        hint={workedOut(form.amount, form.currency)}
      >
        {(control) => (
          <div className="flex items-center gap-2 rounded-2xl border border-line-strong bg-surface py-1 pr-4 pl-2 transition-colors has-[input:focus-visible]:border-brand has-[input:focus-visible]:outline-1 has-[input:focus-visible]:outline-brand has-[input[aria-invalid]]:border-danger">
            <CurrencyChoice {...props} />
            <input
              {...control}
              inputMode="decimal"
              autoComplete="off"
              placeholder={editMoney(derived ?? 0n, form.currency)}
              value={form.amount}
              onChange={({ target: { value } }) => {
                change(amountTyped(form, value))
              }}
              className={classes(
                'tabular w-full min-w-0 grow bg-transparent py-1.5 text-right font-display text-3xl font-semibold outline-none',
                derived === undefined ? 'placeholder:text-faint/60' : 'placeholder:text-ink',
              )}
            />
          </div>
        )}
      </Field>
    </div>
  )
}

/** A minus in front says that it is a refund, for as long as there is an amount behind it. */
function amountTyped(form: FormProps['form'], value: string): Partial<FormProps['form']> {
  const amount = withoutMinus(value)
  if (amount !== undefined) return { amount, refund: true, minus: true }
  const taken = form.minus && form.amount && !value
  return taken ? { amount: value, refund: false, minus: false } : { amount: value }
}

const CURRENCY_OPTIONS = CURRENCIES.map((code) => <option key={code}>{code}</option>)

function CurrencyChoice({ form, change }: FormProps) {
  const id = useId()
  return (
    <span className="relative shrink-0">
      <label htmlFor={id} className="sr-only">
        <Trans>Currency</Trans>
      </label>
      <select
        id={id}
        value={form.currency}
        onChange={(event) => {
          change({ currency: event.target.value })
        }}
        className="min-h-11 w-19 appearance-none rounded-xl bg-tile py-1 pr-7 pl-3 text-sm font-semibold transition-colors hover:bg-hover"
      >
        {CURRENCY_OPTIONS}
      </select>
      <ChevronDown
        size={14}
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 text-muted"
      />
    </span>
  )
}
