import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { useAction } from '../../../api/useAction'
import { useRefetchOn } from '../../../api/useRefetchOn'
import { formatMoment } from '../../../lib/dates'
import { Amount } from '../../../ui/Amount'
import { FormError } from '../../../ui/Field'
import { SwitchField } from '../../../ui/SwitchField'
import type { GroupContext, People } from '../../groups'
import {
  GroupReminders,
  MuteReminders,
  type GroupRemindersQuery as Answer,
} from './documents.generated'
import { RemindButton } from './RemindButton'

type Transfer = NonNullable<NonNullable<Answer['group']>['settlement']>['transfers'][number]

const DAY_MS = 24 * 60 * 60 * 1_000

/** Who is to pay the viewer and can be reminded, and whose reminders the viewer wants. */
export function Reminders({ group, people }: GroupContext) {
  // Kept out of the cache, where it would replace the settlement of the group.
  const { data, refetch } = useQuery(GroupReminders, {
    variables: { id: group.id },
    fetchPolicy: 'no-cache',
  })
  useRefetchOn(group.ledgerVersion, refetch)
  const transfers = data?.group?.settlement?.transfers ?? []
  const muted = new Set(data?.group?.mutedReminders?.map(({ id }) => id))
  const owing = transfers.filter(
    ({ from, to }) => people.isViewer(to.id) && hasAccount(people, from.id),
  )
  const reminding = new Set(muted)
  for (const { from, to } of transfers) {
    if (people.isViewer(from.id) && hasAccount(people, to.id)) reminding.add(to.id)
  }
  if (owing.length + reminding.size === 0) return null
  return (
    <section aria-labelledby="reminders" className="card grid gap-2 p-4">
      <h2 id="reminders" className="text-lg">
        <Trans>Reminders</Trans>
      </h2>
      {owing.length > 0 && (
        <ul aria-labelledby="reminders" className="grid gap-1">
          {owing.map((transfer) => (
            <Owing
              key={`${transfer.from.id} ${transfer.amount.currency}`}
              {...{ transfer, people }}
              groupId={group.id}
              onReminded={() => void refetch()}
            />
          ))}
        </ul>
      )}
      {[...reminding].map((id) => (
        <Wanted
          key={id}
          groupId={group.id}
          memberId={id}
          name={people.name(id)}
          muted={muted.has(id)}
          onChanged={refetch}
        />
      ))}
    </section>
  )
}

/** Nobody can be reminded who has no account, or has left. */
function hasAccount(people: People, id: string): boolean {
  return people.active.some((person) => person.id === id && !person.isGuest)
}

function isRecent(moment: string | null): boolean {
  return moment !== null && Date.now() - Date.parse(moment) < DAY_MS
}

interface OwingProps {
  transfer: Transfer
  people: People
  groupId: string
  onReminded: () => void
}

function Owing({ transfer, people, groupId, onReminded }: OwingProps) {
  const { from, amount, remindedAt } = transfer
  const name = people.name(from.id)
  const moment = remindedAt ? formatMoment(remindedAt) : ''
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1">
      <div className="min-w-0 grow text-sm">
        <p className="font-semibold wrap-anywhere">
          <bdi>{name}</bdi>
        </p>
        <p className="text-muted">
          <Amount money={amount} />
          {remindedAt && (
            <>
              {' · '}
              <Trans>reminded {moment}</Trans>
            </>
          )}
        </p>
      </div>
      {!isRecent(remindedAt) && (
        <RemindButton memberId={from.id} {...{ groupId, name, onReminded }} />
      )}
    </li>
  )
}

interface WantedProps {
  groupId: string
  memberId: string
  name: string
  muted: boolean
  onChanged: () => Promise<unknown>
}

/** Whether the viewer wants to be reminded by somebody; the other is not told. */
function Wanted({ groupId, memberId, name, muted, onChanged }: WantedProps) {
  const { run, refusal } = useAction(MuteReminders)
  // Shown at once; what the server says counts again when it has answered.
  const [chosen, setChosen] = useState<boolean>()
  const wanted = chosen ?? !muted

  async function choose(next: boolean) {
    setChosen(next)
    await run({ groupId, memberId, muted: !next })
    await onChanged()
    setChosen(undefined)
  }

  return (
    <>
      <SwitchField
        label={t`Reminders from ${name}`}
        hint={wanted ? undefined : t`You get none. ${name} is not told.`}
        checked={wanted}
        onChange={({ target }) => void choose(target.checked)}
      />
      <FormError>{refusal?.message}</FormError>
    </>
  )
}
