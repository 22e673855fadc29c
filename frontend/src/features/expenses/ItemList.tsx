import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { People } from '../groups'
import { Amount } from '../../ui/Amount'
import { Series } from '../../ui/Series'
import type { Detail } from './edit'
import type { Extra } from './entered'

interface ItemListProps {
  items: Detail['items']
  /** What is spread over the items. */
  extras?: Extra[]
  people: People
}

/** The lines of a receipt, and who had what. */
export function ItemList({ items, extras = [], people }: ItemListProps) {
  return (
    <div>
      <h3 className="mb-1 font-sans text-sm font-semibold text-muted">
        <Trans>Items</Trans>
      </h3>
      <ul aria-label={t`Items`} className="grid gap-1.5 text-sm">
        {items.map(({ name, amount, members }, index) => (
          <li key={index} className="flex items-baseline gap-3">
            <span className="min-w-0 grow">
              <span className="block truncate">{name}</span>
              <span className="block truncate text-xs text-faint">
                <Series of={members.map(({ id }) => people.label(id))} />
              </span>
            </span>
            <Amount money={amount} />
          </li>
        ))}
        {extras.map(({ label, amount }) => (
          <li key={label} className="flex items-baseline gap-3 text-muted">
            <span className="grow">{label}</span>
            <Amount money={amount} />
          </li>
        ))}
      </ul>
    </div>
  )
}
