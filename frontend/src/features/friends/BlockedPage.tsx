import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { ShieldCheck } from 'lucide-react'
import { readRefusal } from '../../api/refusal'
import { useAction } from '../../api/useAction'
import { Avatar } from '../../ui/Avatar'
import { Button } from '../../ui/Button'
import { FormError } from '../../ui/Field'
import { useNotify } from '../../ui/Notices'
import { Page } from '../../ui/Page'
import { Empty, Failure, SkeletonRows } from '../../ui/states'
import { Blocked, UnblockUser } from './documents.generated'

/** Whom the viewer has blocked, and the way to end that. */
export function BlockedPage() {
  const { data, error, refetch } = useQuery(Blocked)
  const notify = useNotify()
  const { run, refusal } = useAction(UnblockUser)
  const blocked = data?.me.blocked

  async function unblock(id: string, name: string) {
    if (!(await run({ userId: id }))) return
    notify(t`${name} can send you requests again`)
    await refetch()
  }

  return (
    <Page title={t`Blocked people`} back={{ to: '/settings', label: t`Back to You` }}>
      {!blocked && !error && <SkeletonRows rows={2} label={t`Loading whom you blocked`} />}
      {!blocked && error && (
        <Failure onRetry={() => void refetch()}>{readRefusal(error).message}</Failure>
      )}
      <FormError>{refusal?.message}</FormError>
      {blocked?.length === 0 && (
        <div className="card">
          <Empty icon={<ShieldCheck size={26} aria-hidden="true" />} title={t`Nobody is blocked`}>
            <Trans>Whom you block can send you no friend requests.</Trans>
          </Empty>
        </div>
      )}
      {blocked && blocked.length > 0 && (
        <ul aria-label={t`Blocked people`} className="card divide-y divide-line">
          {blocked.map(({ id, name }) => (
            <li key={id} className="flex min-h-16 items-center gap-3 py-2.5 pr-2.5 pl-4">
              <Avatar name={name} />
              <p className="min-w-0 grow truncate font-semibold">
                <bdi>{name}</bdi>
              </p>
              <Button
                look="quiet"
                size="small"
                aria-label={t`Unblock ${name}`}
                onClick={() => void unblock(id, name)}
              >
                <Trans>Unblock</Trans>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Page>
  )
}
