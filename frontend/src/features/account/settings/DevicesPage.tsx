import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { MonitorSmartphone } from 'lucide-react'
import { readRefusal } from '../../../api/refusal'
import { useAction } from '../../../api/useAction'
import { formatMoment } from '../../../lib/dates'
import { Button } from '../../../ui/Button'
import { FormError } from '../../../ui/Field'
import { useNotify } from '../../../ui/Notices'
import { Failure, SkeletonRows } from '../../../ui/states'
import { EndOtherSessions, EndSession, Sessions, type SessionsQuery } from './documents.generated'
import { SettingsPage } from './SettingsPage'

type Device = SessionsQuery['me']['sessions'][number]

/** Where the viewer is signed in, and ways to end that. */
export function DevicesPage() {
  const { data, error, refetch } = useQuery(Sessions)
  const notify = useNotify()
  const ending = useAction(EndSession)
  const endingOthers = useAction(EndOtherSessions)
  const refusal = ending.refusal ?? endingOthers.refusal
  const sessions = data?.me.sessions.toSorted(currentFirst)

  async function end(session: Device) {
    const { id } = session
    const device = nameOf(session)
    if (!(await ending.run({ id }))) return
    notify(t`${device} is signed out`)
    await refetch()
  }

  async function endOthers() {
    if (!(await endingOthers.run({}))) return
    notify(t`All other devices are signed out`)
    await refetch()
  }

  return (
    <SettingsPage title={t`Devices`}>
      {!sessions && !error && <SkeletonRows rows={2} label={t`Loading your devices`} />}
      {!sessions && error && (
        <Failure onRetry={() => void refetch()}>{readRefusal(error).message}</Failure>
      )}
      <FormError>{refusal?.message}</FormError>
      {sessions && (
        <ul className="card divide-y divide-line" aria-label={t`Devices`}>
          {sessions.map((session) => (
            <DeviceRow key={session.id} session={session} onEnd={() => void end(session)} />
          ))}
        </ul>
      )}
      {sessions && sessions.length > 1 && (
        <Button
          look="secondary"
          className="justify-self-start"
          busy={endingOthers.busy}
          onClick={() => void endOthers()}
        >
          <Trans>Sign out all other devices</Trans>
        </Button>
      )}
    </SettingsPage>
  )
}

/** What the API calls a device that has not said what it is. */
const UNNAMED = 'Unknown device'

function nameOf({ device }: Device): string {
  return device === UNNAMED ? t`Unknown device` : device
}

const currentFirst = (one: Device, other: Device) =>
  (one.current === other.current ? 0 : one.current ? -1 : 1) ||
  other.lastSeenAt.localeCompare(one.lastSeenAt)

function DeviceRow({ session, onEnd }: { session: Device; onEnd: () => void }) {
  const { createdAt, lastSeenAt, current } = session
  const device = nameOf(session)
  const seen = formatMoment(lastSeenAt)
  const since = formatMoment(createdAt)
  return (
    <li className="flex min-h-16 items-center gap-3 py-2.5 pr-2.5 pl-4">
      <MonitorSmartphone size={20} className="shrink-0 text-muted" aria-hidden="true" />
      <div className="min-w-0 grow">
        <p className="truncate font-semibold">{device}</p>
        <p className="text-sm text-muted">
          {current ? (
            <span className="font-semibold text-plus">
              <Trans>This device</Trans>
            </span>
          ) : (
            <Trans>Last seen {seen}</Trans>
          )}
          {' · '}
          <Trans>signed in {since}</Trans>
        </p>
      </div>
      {!current && (
        <Button look="quiet" size="small" aria-label={t`Sign out ${device}`} onClick={onEnd}>
          <Trans>Sign out</Trans>
        </Button>
      )}
    </li>
  )
}
