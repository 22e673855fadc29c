import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { unmask, type Masked } from '../../api/fragments'
import { useAction } from '../../api/useAction'
import { Avatar } from '../../ui/Avatar'
import { Button } from '../../ui/Button'
import { FormError } from '../../ui/Field'
import { useNotify } from '../../ui/Notices'
import { AcceptFriendRequest, DeclineFriendRequest } from './documents.generated'
import type { FaceFragment, RequestPartsFragment } from './list.generated'
import { useFriends } from './useFriends'

/** Who wants to be a friend of the viewer, and whom the viewer has asked; nothing when nobody waits. */
export function Requests() {
  const { incoming, outgoing } = useFriends()
  const { accept, end, refusal } = useAnswer()
  if (incoming.length + outgoing.length === 0) return null
  return (
    <section aria-labelledby="requests" className="grid gap-2">
      <h2 id="requests" className="px-1 text-lg">
        <Trans>Requests</Trans>
      </h2>
      <FormError>{refusal?.message}</FormError>
      <ul aria-labelledby="requests" className="card divide-y divide-line">
        {incoming.map((request) => (
          <Row key={request.id} person={request.from} state={t`wants to be your friend`}>
            <Button size="small" look="quiet" onClick={() => void end(request)}>
              <Trans>Decline</Trans>
            </Button>
            <Button size="small" onClick={() => void accept(request)}>
              <Trans>Accept</Trans>
            </Button>
          </Row>
        ))}
        {outgoing.map((request) => (
          <Row key={request.id} person={request.to} state={t`has not answered yet`}>
            <Button size="small" look="quiet" onClick={() => void end(request)}>
              <Trans>Withdraw</Trans>
            </Button>
          </Row>
        ))}
      </ul>
    </section>
  )
}

/** What can be done about a request. */
export function useAnswer() {
  const { refetch } = useFriends()
  const notify = useNotify()
  const accepting = useAction(AcceptFriendRequest)
  const ending = useAction(DeclineFriendRequest)
  return {
    refusal: accepting.refusal ?? ending.refusal,
    accept: async ({ id, from }: RequestPartsFragment) => {
      const { name } = unmask<FaceFragment>(from)
      if (await accepting.run({ id })) notify(t`${name} is your friend now`)
      await refetch()
    },
    /** Declines a request to the viewer, or withdraws one of the viewer's own. */
    end: async ({ id }: RequestPartsFragment) => {
      await ending.run({ id })
      await refetch()
    },
  }
}

interface RowProps {
  person: Masked<FaceFragment>
  state: string
  children: ReactNode
}

function Row({ person, state, children }: RowProps) {
  const { name, avatarUrl } = unmask<FaceFragment>(person)
  return (
    <li className="flex min-h-16 flex-wrap items-center justify-end gap-x-3 gap-y-1 px-4 py-2.5">
      <Avatar name={name} picture={avatarUrl} />
      <div className="min-w-0 grow basis-40">
        <p className="truncate font-semibold">
          <bdi>{name}</bdi>
        </p>
        <p className="text-sm text-muted">{state}</p>
      </div>
      <div className="flex gap-1.5">{children}</div>
    </li>
  )
}
