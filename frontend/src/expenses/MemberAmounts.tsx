import type { People } from '../groups/people'
import { Avatar } from '../ui/Avatar'
import { MoneyInput } from '../ui/Field'

interface MemberAmountsProps {
  people: People
  currency: string
  /** What the amounts are, for the labels: "paid", "share". */
  purpose: string
  texts: Record<string, string>
  onChange: (texts: Record<string, string>) => void
}

/** One amount to type per member; empty means no part. */
export function MemberAmounts({ people, currency, purpose, texts, onChange }: MemberAmountsProps) {
  return (
    <ul className="grid gap-1.5">
      {people.active.map(({ id, name, isGuest }) => (
        <li key={id} className="flex items-center gap-3">
          <Avatar name={name} guest={isGuest} size="small" />
          <span className="min-w-0 grow truncate">{people.label(id)}</span>
          <span className="w-40 shrink-0">
            <MoneyInput
              currency={currency}
              aria-label={`${people.label(id)}: ${purpose}`}
              value={texts[id] ?? ''}
              onChange={(event) => {
                onChange({ ...texts, [id]: event.target.value })
              }}
            />
          </span>
        </li>
      ))}
    </ul>
  )
}
