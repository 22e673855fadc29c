import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import { Pause, Pencil, Play, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { unmask } from '../../api/fragments'
import type { Compose } from '../../api/facts'
import { problemSentence } from '../../api/problem'
import { ShownAmount } from '../../api/ShownAmount'
import { useAction } from '../../api/useAction'
import { formatLong } from '../../lib/dates'
import { Amount } from '../../ui/Amount'
import { Button } from '../../ui/Button'
import { FormError } from '../../ui/Field'
import {
  DeleteSchedule,
  PauseSchedule,
  ResumeSchedule,
  Schedules,
  type ScheduleRowFragment,
  type SchedulesQuery,
} from './documents.generated'
import { type GroupContext, whyNotEditable } from '../groups'
import { rhythmText } from './rhythm'
import { ScheduleForm } from './ScheduleForm'

/** Why it cannot go on. */
const HALTS: Record<string, Compose> = {
  OWNER_LEFT: () => t`Whoever set this up has left the group.`,
  GROUP_ARCHIVED: () => t`The group is archived.`,
  SAID: ({ text }) => text,
}

/** What is entered again and again in a group; nothing where there is none. */
export function ScheduleList({ group, people }: Pick<GroupContext, 'group' | 'people'>) {
  const { data, refetch } = useQuery(Schedules, { variables: { id: group.id } })
  const schedules = unmask<ScheduleRowFragment>(data?.group?.schedules ?? [])
  if (schedules.length === 0) return null
  return (
    <section aria-labelledby="recurring" className="grid gap-3">
      <h2 id="recurring" className="px-1 text-lg">
        <Trans>Recurring expenses</Trans>
      </h2>
      <Cost rows={data?.group?.recurringCost ?? []} />
      <ul className="card divide-y divide-line">
        {schedules.map((schedule) => (
          <Row
            key={schedule.id}
            {...{ group, people, schedule }}
            onChanged={() => void refetch()}
          />
        ))}
      </ul>
    </section>
  )
}

type CostRow = NonNullable<NonNullable<SchedulesQuery['group']>['recurringCost']>[number]

/** What those that go on cost on average. */
function Cost({ rows }: { rows: readonly CostRow[] }) {
  return rows.map(({ monthly, yearly }) => (
    <p key={monthly.currency} className="px-1 text-sm text-muted">
      <Trans>
        <ShownAmount of={monthly} className="font-semibold text-ink" /> a month on average,{' '}
        <ShownAmount of={yearly} /> a year
      </Trans>
    </p>
  ))
}

type Change = (variables: { id: string; expectedVersion: number }) => Promise<unknown>

interface RowProps extends Pick<GroupContext, 'group' | 'people'> {
  schedule: ScheduleRowFragment
  onChanged: () => void
}

function Row({ group, people, schedule, onChanged }: RowProps) {
  const { description, total, frequency, every, status, nextDate, problem } = schedule
  const { until, count } = schedule
  const [editing, setEditing] = useState(false)
  const day = nextDate && formatLong(nextDate)
  const last = until && formatLong(until)
  if (editing) {
    return (
      <li>
        <ScheduleForm
          {...{ group, people, schedule }}
          onSaved={onChanged}
          onClose={() => {
            setEditing(false)
          }}
        />
      </li>
    )
  }
  return (
    <li className="grid gap-2 p-4">
      <div className="flex items-baseline gap-3">
        <span className="min-w-0 grow font-semibold wrap-anywhere">{description}</span>
        <Amount money={total} />
      </div>
      <p className="text-sm text-muted">
        {rhythmText(frequency, every)}
        {status === 'ACTIVE' && day && <> · {t`next on ${day}`}</>}
        {status === 'PAUSED' && <> · {t`paused`}</>}
        {status === 'ENDED' && <> · {t`ended`}</>}
        {status !== 'ENDED' && last && <> · {t`until ${last}`}</>}
        {status !== 'ENDED' && count && (
          <>
            {' · '}
            <Plural value={count} one="once" other="# times altogether" />
          </>
        )}
      </p>
      {problem && <p className="text-sm text-danger">{problemSentence(problem, HALTS)}</p>}
      {schedule.editable ? (
        <Actions
          schedule={schedule}
          onChanged={onChanged}
          onEdit={() => {
            setEditing(true)
          }}
        />
      ) : (
        <p className="text-sm text-muted">{whyNotEditable(group)}</p>
      )}
    </li>
  )
}

type ActionsProps = Pick<RowProps, 'schedule' | 'onChanged'> & { onEdit: () => void }

function Actions({ schedule, onChanged, onEdit }: ActionsProps) {
  const { id, version, status } = schedule
  const pause = useAction(PauseSchedule)
  const resume = useAction(ResumeSchedule)
  const remove = useAction(DeleteSchedule)
  const refusal = pause.refusal ?? resume.refusal ?? remove.refusal

  // A refused change may have been made of what is not there any more.
  const send = async ({ run }: { run: Change }) => {
    await run({ id, expectedVersion: version })
    onChanged()
  }

  return (
    <>
      <FormError>{refusal?.message}</FormError>
      <div className="flex flex-wrap gap-2">
        {status !== 'ENDED' && (
          <Button
            look="secondary"
            size="small"
            icon={<Pencil size={16} aria-hidden="true" />}
            onClick={onEdit}
          >
            <Trans>Edit</Trans>
          </Button>
        )}
        {status === 'ACTIVE' && (
          <Button
            look="secondary"
            size="small"
            busy={pause.busy}
            icon={<Pause size={16} aria-hidden="true" />}
            onClick={() => void send(pause)}
          >
            <Trans>Pause</Trans>
          </Button>
        )}
        {status === 'PAUSED' && (
          <Button
            look="secondary"
            size="small"
            busy={resume.busy}
            icon={<Play size={16} aria-hidden="true" />}
            onClick={() => void send(resume)}
          >
            <Trans>Go on</Trans>
          </Button>
        )}
        <Button
          look="quiet"
          size="small"
          busy={remove.busy}
          icon={<Trash2 size={16} aria-hidden="true" />}
          onClick={() => void send(remove)}
        >
          <Trans>Remove</Trans>
        </Button>
      </div>
    </>
  )
}
