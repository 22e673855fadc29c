import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Activity } from 'lucide-react'
import type { ReactNode } from 'react'
import { unmask } from '../../../api/fragments'
import { readRefusal } from '../../../api/refusal'
import { LinkRow } from '../../../ui/LinkRow'
import { Failure, SkeletonRows } from '../../../ui/states'
import { Claims } from '../claims/Claims'
import { Households } from '../households/Households'
import { isDirect } from '../title'
import { useGroup } from '../useGroup'
import { type GroupSettingsFragment, GroupSettingsPage } from './documents.generated'
import { Invites } from './Invites'
import { Leaving } from './Leaving'
import { Members } from './Members'
import { may } from './permission'
import { SettingsForm } from './SettingsForm'

/** What is about a group itself: who is in it, what it is called, what happened, and the ways out. */
export function GroupSettings({ children }: { children?: ReactNode }) {
  const { group, people } = useGroup()
  const { role } = people
  const { data, error, refetch } = useQuery(GroupSettingsPage, { variables: { id: group.id } })
  const settings = unmask<GroupSettingsFragment>(data?.group)
  const retry = () => void refetch()
  return (
    <div className="grid max-w-3xl gap-6 p-4 lg:px-0 lg:pt-6">
      {!isDirect(group) && (
        <>
          <Claims />
          <Members />
          <Invites />
          <Households />
        </>
      )}
      <div className="card">
        <LinkRow to="../activity" icon={Activity}>
          <Trans>What happened here</Trans>
        </LinkRow>
      </div>
      {!settings && !error && <SkeletonRows rows={3} label={t`Loading the settings`} />}
      {!settings && error && <Failure onRetry={retry}>{readRefusal(error).message}</Failure>}
      {settings && may(role, 'editSettings') && (
        <section aria-labelledby="settings" className="grid gap-3">
          <h2 id="settings" className="px-1 text-lg">
            <Trans>Settings</Trans>
          </h2>
          <SettingsForm key={settings.version} group={settings} onStale={retry} />
        </section>
      )}
      {children}
      {settings && <Leaving group={settings} mayArchive={may(role, 'archive')} />}
    </div>
  )
}
