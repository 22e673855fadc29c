import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { House, Pencil } from 'lucide-react'
import { useState } from 'react'
import { Button, IconButton } from '../../../ui/Button'
import { Series } from '../../../ui/Series'
import { useGroup } from '../useGroup'
import { HouseholdDialog } from './HouseholdDialog'
import { useCandidates, type Household } from './useCandidates'

/** The members who settle as one: couples, families. */
export function Households() {
  const { group } = useGroup()
  const [edited, setEdited] = useState<Household | 'new'>()
  const hasFree = useCandidates().length >= 2
  if (group.households.length === 0 && !hasFree) return null
  return (
    <section aria-labelledby="households" className="grid gap-3">
      <div className="grid gap-1 px-1">
        <h2 id="households" className="text-lg">
          <Trans>Households</Trans>
        </h2>
        <p className="text-sm text-muted">
          <Trans>
            Couples and families who settle up together. Everybody keeps an own balance.
          </Trans>
        </p>
      </div>
      {group.households.length > 0 && (
        <ul className="card divide-y divide-line" aria-labelledby="households">
          {group.households.map((household) => (
            <HouseholdRow
              key={household.id}
              household={household}
              onEdit={() => {
                setEdited(household)
              }}
            />
          ))}
        </ul>
      )}
      {hasFree && (
        <Button
          look="secondary"
          className="justify-self-start"
          icon={<House size={17} aria-hidden="true" />}
          onClick={() => {
            setEdited('new')
          }}
        >
          <Trans>Add a household</Trans>
        </Button>
      )}
      {edited && (
        <HouseholdDialog
          household={edited === 'new' ? undefined : edited}
          onClose={() => {
            setEdited(undefined)
          }}
        />
      )}
    </section>
  )
}

interface HouseholdRowProps {
  household: Household
  onEdit: () => void
}

function HouseholdRow({ household: { name, members }, onEdit }: HouseholdRowProps) {
  const { people } = useGroup()
  return (
    <li className="flex min-h-15 items-center gap-3 py-1.5 pr-1.5 pl-4">
      <House size={20} className="shrink-0 text-muted" aria-hidden="true" />
      <span className="min-w-0 grow">
        <bdi className="block truncate font-semibold">{name}</bdi>
        <span className="block truncate text-sm text-muted">
          <Series of={members.map(({ id }) => people.label(id))} />
        </span>
      </span>
      <IconButton label={t`Edit ${name}`} onClick={onEdit}>
        <Pencil size={18} aria-hidden="true" />
      </IconButton>
    </li>
  )
}
