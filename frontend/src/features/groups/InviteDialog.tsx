import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Copy, Share2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useAction } from '../../api/useAction'
import { useDialog } from '../../ui/useDialog'
import { dayOf, formatDay } from '../../lib/dates'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { Field } from '../../ui/Field'
import { useNotify } from '../../ui/Notices'
import { Failure, Skeleton } from '../../ui/states'
import { CreateInvite, type CreateInviteMutation } from './documents.generated'
import type { GroupContext } from './useGroup'

type Link = Pick<CreateInviteMutation['createInvite'], 'url' | 'expiresAt'>

// The links that were made in this tab, by group: looking at one again makes no other.
const made = new Map<string, Link>()

/** The link of a group that was made here and is still good. */
function goodLink(groupId: string): Link | undefined {
  const link = made.get(groupId)
  return link && Date.parse(link.expiresAt) > Date.now() ? link : undefined
}

/** Makes an invite when it first opens: one tap less between "invite" and a link to send. */
export function InviteDialog({ group }: GroupContext) {
  const { close } = useDialog()
  const { name } = group
  const { run, refusal } = useAction(CreateInvite)
  const [invite, setInvite] = useState(() => goodLink(group.id))
  const asked = useRef(invite !== undefined)

  async function create() {
    const data = await run({ groupId: group.id })
    if (!data) return
    made.set(group.id, data.createInvite)
    setInvite(data.createInvite)
  }

  useEffect(() => {
    if (asked.current) return
    asked.current = true
    void create()
  })

  return (
    <Dialog title={t`Invite to ${name}`} onClose={close}>
      {refusal && <Failure onRetry={() => void create()}>{refusal.message}</Failure>}
      {!refusal && !invite && <Skeleton className="h-11" />}
      {invite && <InviteLink {...invite} groupName={group.name} />}
    </Dialog>
  )
}

interface InviteLinkProps {
  url: string
  expiresAt: string
  groupName: string
}

function InviteLink({ url, expiresAt, groupName }: InviteLinkProps) {
  const notify = useNotify()
  const day = formatDay(dayOf(expiresAt))
  const input = useRef<HTMLInputElement>(null)

  async function copy() {
    input.current?.select()
    // Without permission the address stays selected, ready to be copied by hand.
    await navigator.clipboard.writeText(url).then(
      () => {
        notify(t`Link copied`)
      },
      () => undefined,
    )
  }

  return (
    <div className="grid gap-4">
      <Field label={t`Invite link`} hint={t`Anybody with it can join until ${day}.`}>
        {(control) => <input {...control} ref={input} readOnly value={url} className="field" />}
      </Field>
      <div className="flex gap-2">
        <Button className="grow" icon={<Copy size={17} aria-hidden="true" />} onClick={copy}>
          <Trans>Copy link</Trans>
        </Button>
        {'share' in navigator && (
          <Button
            look="secondary"
            icon={<Share2 size={17} aria-hidden="true" />}
            onClick={() => void navigator.share({ title: groupName, url }).catch(() => undefined)}
          >
            <Trans>Share</Trans>
          </Button>
        )}
      </div>
    </div>
  )
}
