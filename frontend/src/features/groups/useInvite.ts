import { useApolloClient } from '@apollo/client/react'
import { useEffect, useRef, useState } from 'react'
import { sendPlain } from '../../api/plain'
import { useAction } from '../../api/useAction'
import { CreateInvite, RevokeInvite, type CreateInviteMutation } from './documents.generated'
import { InvitePreview } from './plain.generated'

type Invite = CreateInviteMutation['createInvite']

/** How long a link works, and how often. */
interface InviteLimits {
  expiresInHours: number
  /** `null` for any number. */
  maxUses: number | null
}

function keyOf(groupId: string, guestId: string | null, { expiresInHours, maxUses }: InviteLimits) {
  return ['quits.invite', groupId, guestId, expiresInHours, maxUses].join('.')
}

/** The link that this tab made before, unless it has expired. */
function kept(key: string): Invite | undefined {
  const text = sessionStorage.getItem(key)
  if (!text) return undefined
  const invite = JSON.parse(text) as Invite
  return Date.parse(invite.expiresAt) > Date.now() ? invite : undefined
}

/**
 * One link to a group with these limits, or the personal one of a guest: what this tab made before if it still works,
 * else a new one.
 */
export function useInvite(groupId: string, guestId: string | null, limits: InviteLimits) {
  const key = keyOf(groupId, guestId, limits)
  const creating = useAction(CreateInvite)
  const forgetList = useForgetList(groupId)
  const { revoke: revokeInvite, busy, refusal } = useRevoke(groupId)
  const [invites, setInvites] = useState<Record<string, Invite>>({})
  const asked = useRef('')
  const invite = invites[key]
  const show = (made: Invite) => {
    setInvites((known) => ({ ...known, [key]: made }))
  }

  async function open() {
    const before = kept(key)
    if (before && (await works(before))) show(before)
    else await create()
  }

  async function works({ token }: Invite): Promise<boolean> {
    const { data } = await sendPlain(InvitePreview, { token })
    return Boolean(data?.invite)
  }

  async function create() {
    const data = await creating.run({ groupId, guestId, ...limits })
    if (!data) return
    sessionStorage.setItem(key, JSON.stringify(data.createInvite))
    show(data.createInvite)
    forgetList()
  }

  /** Makes the link useless. Says whether that worked. */
  async function revoke(): Promise<boolean> {
    if (!invite || !(await revokeInvite(invite.id))) return false
    sessionStorage.removeItem(key)
    return true
  }

  useEffect(() => {
    if (asked.current === key) return
    asked.current = key
    void open()
  })

  return { invite, open, revoke, busy, refusal: creating.refusal ?? refusal }
}

/** Makes links of a group useless. */
export function useRevoke(groupId: string) {
  const revoking = useAction(RevokeInvite)
  const forgetList = useForgetList(groupId)

  async function revoke(id: string): Promise<boolean> {
    if (!(await revoking.run({ id }))) return false
    forgetList()
    return true
  }

  return { revoke, busy: revoking.busy, refusal: revoking.refusal }
}

/** What lists the links of the group asks for them again. */
function useForgetList(groupId: string): () => void {
  const { cache } = useApolloClient()
  return () => {
    const id = cache.identify({ __typename: 'Group', id: groupId })
    if (id) cache.evict({ id, fieldName: 'invites' })
  }
}
