import { t } from '@lingui/core/macro'
import type { People, Person } from '../groups'
import { formatMoney, type Money } from '../../lib/money'
import { Avatar } from '../../ui/Avatar'
import { MoneyInput } from '../../ui/MoneyField'
import type { Texts } from '../../lib/amounts'
import { MemberSearch, useMemberSearch } from './MemberSearch'
import type { Without } from './split'

export type Shares = Map<string, Money> | undefined

interface MemberAmountsProps {
  members: readonly Person[]
  people: People
  /** What stands in front of every number: a currency, "%", "×". */
  unit: string
  /** What the numbers are, for the labels: "paid", "share". */
  purpose: string
  textOf: (id: string) => string
  onChange: (changed: Texts) => void
  /** What everybody's part comes to. */
  preview?: Shares
  /** Lets members be left out altogether. */
  taking?: { without: Without; onChange: (without: Without) => void }
  /** Phones show their number pad without a minus. */
  negative?: boolean
}

/** One number to type per member; empty means no part. */
export function MemberAmounts(props: MemberAmountsProps) {
  const { members, people, unit, purpose, textOf, onChange, preview, taking, negative } = props
  const search = useMemberSearch(members, people)
  const label = (id: string) => people.label(id)
  return (
    <div className="grid gap-1.5">
      <MemberSearch {...search} />
      <ul className="grid gap-1.5">
        {search.found.map((person) => {
          const { id } = person
          const name = label(id)
          const out = taking?.without[id] ?? false
          return (
            <li key={id} className="flex items-center gap-3">
              {taking && (
                <input
                  type="checkbox"
                  aria-label={t`${name} takes part`}
                  className="size-4.5 accent-brand"
                  checked={!out}
                  onChange={(event) => {
                    taking.onChange({ ...taking.without, [id]: !event.target.checked })
                  }}
                />
              )}
              <MemberName person={person} label={name} share={preview?.get(id)} />
              <span className="w-36 shrink-0">
                <MoneyInput
                  currency={unit}
                  aria-label={`${name}: ${purpose}`}
                  inputMode={negative ? 'text' : 'decimal'}
                  disabled={out}
                  value={out ? '' : textOf(id)}
                  onChange={(event) => {
                    onChange({ [id]: event.target.value })
                  }}
                />
              </span>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

interface MemberNameProps {
  person: Person
  label: string
  share: Money | undefined
}

function MemberName({ person: { name, isGuest }, label, share }: MemberNameProps) {
  return (
    <>
      <Avatar name={name} guest={isGuest} size="small" />
      <span className="min-w-0 grow leading-tight">
        <span className="block truncate">{label}</span>
        {share && <span className="tabular block text-sm text-muted">{formatMoney(share)}</span>}
      </span>
    </>
  )
}
