import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { problemText } from '../../../lib/amounts'
import { editMoney, fromMinor, parseMoney, toMinor } from '../../../lib/money'
import { SelectField, TextField } from '../../../ui/Field'
import { MoneyField } from '../../../ui/MoneyField'
import { useCategoryChoices, useCategoryLabel } from '../categories'
import type { People } from '../../groups'
import type { Filter } from './filter'
import type { FilterBarProps } from './FilterBar'

/** Where a filter is chosen; each choice counts at once. */
export function FilterFields({ filter, change, currency, people }: FilterBarProps) {
  const set = (name: keyof Filter) => (value: string) => {
    change({ ...filter, [name]: value })
  }
  // An amount means nothing without its currency.
  const bound = (name: 'min' | 'max') => (value: string) => {
    change({ ...filter, [name]: value, currency: filter.currency ?? currency })
  }
  return (
    <div className="card grid animate-rise grid-cols-2 gap-3 p-4 sm:grid-cols-3">
      <CategoryField value={filter.category} onChange={set('category')} />
      {people && (
        <>
          <MemberField
            label={t`Who takes part`}
            people={people}
            value={filter.member}
            onChange={set('member')}
          />
          <MemberField
            label={t`Who paid`}
            people={people}
            value={filter.payer}
            onChange={set('payer')}
          />
        </>
      )}
      <TextField
        label={t`From`}
        type="date"
        max={filter.to}
        value={filter.from ?? ''}
        onChange={({ target }) => {
          set('from')(target.value)
        }}
      />
      <TextField
        label={t`Until`}
        type="date"
        min={filter.from}
        value={filter.to ?? ''}
        onChange={({ target }) => {
          set('to')(target.value)
        }}
      />
      <BoundField
        label={t`At least`}
        currency={filter.currency ?? currency}
        value={filter.min}
        onChange={bound('min')}
      />
      <BoundField
        label={t`At most`}
        currency={filter.currency ?? currency}
        value={filter.max}
        onChange={bound('max')}
      />
      <label className="col-span-full flex min-h-11 w-fit cursor-pointer items-center gap-2.5 text-sm">
        <input
          type="checkbox"
          className="size-5 accent-brand"
          checked={Boolean(filter.deleted)}
          onChange={({ target }) => {
            set('deleted')(target.checked ? 'yes' : '')
          }}
        />
        <Trans>Also deleted ones</Trans>
      </label>
    </div>
  )
}

interface ChoiceProps {
  value: string | undefined
  onChange: (value: string) => void
}

function CategoryField({ value = '', onChange }: ChoiceProps) {
  const label = useCategoryLabel()
  const choices = useCategoryChoices(value)
  return (
    <SelectField
      label={t`Category`}
      value={value}
      onChange={({ target }) => {
        onChange(target.value)
      }}
    >
      <option value="">{t`All`}</option>
      {choices.map((category) => (
        <option key={category} value={category}>
          {label(category)}
        </option>
      ))}
    </SelectField>
  )
}

function MemberField(props: ChoiceProps & { label: string; people: People }) {
  const { label, people, value = '', onChange } = props
  return (
    <SelectField
      label={label}
      value={value}
      onChange={({ target }) => {
        onChange(target.value)
      }}
    >
      <option value="">{t`Anybody`}</option>
      {people.everyone.map(({ id }) => (
        <option key={id} value={id}>
          {people.label(id)}
        </option>
      ))}
    </SelectField>
  )
}

/** An amount that bounds the list once it can be read. */
function BoundField(props: ChoiceProps & { label: string; currency: string }) {
  const { label, currency, value = '', onChange } = props
  const [typed, setTyped] = useState(() => typedAmount(value, currency))
  const parsed = parseMoney(typed, currency)
  const wrong = !parsed.ok && parsed.problem !== 'empty'
  return (
    <MoneyField
      label={label}
      currency={currency}
      error={wrong ? problemText(parsed.problem, currency) : undefined}
      value={typed}
      onChange={({ target }) => {
        setTyped(target.value)
        const read = parseMoney(target.value, currency)
        if (read.ok) onChange(fromMinor(read.minor, currency).amount)
        else if (read.problem === 'empty') onChange('')
      }}
    />
  )
}

function typedAmount(amount: string, currency: string): string {
  try {
    return amount && editMoney(toMinor({ amount, currency }), currency)
  } catch {
    return ''
  }
}
