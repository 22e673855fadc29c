import { useEffect, useRef, useState } from 'react'
import { sendPlain } from '../../api/plain'
import { useAction } from '../../api/useAction'
import { CreateInvite, RevokeInvite, type CreateInviteMutation } from './documents.generated'
import { InvitePreview } from './plain.generated'

type Invite = CreateInviteMutation['createInvite']

const keyOf = (groupId: string, guestId: string | null) =>
  `quits.invite.${groupId}${guestId ? `.${guestId}` : ''}`

/** The link that this tab made before, unless it has expired. */
function kept(key: string): Invite | undefined {
  const text = sessionStorage.getItem(key)
  if (!text) return undefined
  const invite = JSON.parse(text) as Invite
  return Date.parse(invite.expiresAt) > Date.now() ? invite : undefined
}

/** One link to a group, or the personal one of a guest: what this tab made before if it still works, else a new one. */
export function useInvite(groupId: string, guestId: string | null) {
  const key = keyOf(groupId, guestId)
  const creating = useAction(CreateInvite)
  const revoking = useAction(RevokeInvite)
  const [invite, setInvite] = useState<Invite>()
  const asked = useRef(false)

  async function open() {
    const before = kept(key)
    if (before && (await works(before))) setInvite(before)
    else await create()
  }

  async function works({ token }: Invite): Promise<boolean> {
    const { data } = await sendPlain(InvitePreview, { token })
    return Boolean(data?.invite)
  }

  async function create() {
    const data = await creating.run({ groupId, guestId })
    if (!data) return
    sessionStorage.setItem(key, JSON.stringify(data.createInvite))
    setInvite(data.createInvite)
  }

  /** Makes the link useless. Says whether that worked. */
  async function revoke(): Promise<boolean> {
    if (!invite || !(await revoking.run({ id: invite.id }))) return false
    sessionStorage.removeItem(key)
    return true
  }

  useEffect(() => {
    if (asked.current) return
    asked.current = true
    void open()
  })

  return {
    invite,
    open,
    revoke,
    busy: revoking.busy,
    refusal: creating.refusal ?? revoking.refusal,
  }
}
