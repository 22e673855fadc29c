import type { People } from '../groups/people'
import { formatMoney, type Money } from '../money'
import { Avatar } from '../ui/Avatar'
import { Segmented } from '../ui/Segmented'
import { MODES, type Reading } from './form'
import { MemberAmounts } from './MemberAmounts'
import type { FormProps } from './NewExpenseDialog'
import { AddsUp } from './PayersField'
import { usePreview } from './usePreview'

interface SplitFieldProps extends FormProps {
  people: People
  reading: Reading
}

/** How the total is shared: the switch of modes, the mode's own fields, and whether it adds up. */
export function SplitField(props: SplitFieldProps) {
  const { form, change, errors, people, reading } = props
  const preview = usePreview(reading.total, form.currency, reading.split)
  return (
    <div className="grid gap-3">
      <p className="text-sm font-semibold">Shared by</p>
      <Segmented
        label="How to split"
        value={form.mode}
        options={MODES}
        onChange={(mode) => {
          change({ mode })
        }}
      />
      {form.mode === 'EQUAL' && (
        <EqualShares people={people} form={form} change={change} preview={preview} />
      )}
      {form.mode === 'EXACT' && (
        <MemberAmounts
          people={people}
          currency={form.currency}
          purpose="share"
          texts={form.exact}
          onChange={(exact) => {
            change({ exact })
          }}
        />
      )}
      <AddsUp left={reading.splitLeft} currency={form.currency} error={errors.split} />
    </div>
  )
}

interface EqualSharesProps extends Pick<FormProps, 'form' | 'change'> {
  people: People
  preview: Map<string, Money> | undefined
}

function EqualShares({ people, form, change, preview }: EqualSharesProps) {
  return (
    <ul className="grid">
      {people.active.map(({ id, name, isGuest }) => {
        const share = preview?.get(id)
        return (
          <li key={id}>
            <label className="flex min-h-11 cursor-pointer items-center gap-3 rounded-lg px-1.5 transition-colors hover:bg-hover">
              <input
                type="checkbox"
                className="size-4.5 accent-brand"
                checked={!form.without[id]}
                onChange={(event) => {
                  change({ without: { ...form.without, [id]: !event.target.checked } })
                }}
              />
              <Avatar name={name} guest={isGuest} size="small" />
              <span className="min-w-0 grow truncate">{people.label(id)}</span>
              <span className="tabular text-sm text-muted">{share && formatMoney(share)}</span>
            </label>
          </li>
        )
      })}
    </ul>
  )
}
