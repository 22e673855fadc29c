import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Copy, Share2, Unlink } from 'lucide-react'
import { useRef, useState } from 'react'
import { dayOf, formatDay } from '../../lib/dates'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { Field, FormError, SelectField } from '../../ui/Field'
import { useNotify } from '../../ui/Notices'
import { QrCode } from '../../ui/QrCode'
import { Failure, Skeleton } from '../../ui/states'
import { useDialog } from '../../ui/useDialog'
import type { CreateInviteMutation } from './documents.generated'
import type { GroupContext } from './useGroup'
import { useInvite } from './useInvite'

const HOURS = { day: 24, week: 168, month: 720 }
const USES = { any: null, one: 1, five: 5, ten: 10 }

interface Reach {
  period: keyof typeof HOURS
  people: keyof typeof USES
}

/** A link to send or to scan, to the group or for one guest of it; there as soon as the dialog opens. */
export function InviteDialog({ group, people }: GroupContext) {
  const { params, close } = useDialog()
  const guestId = params.get('guest')
  const guest = guestId ? people.name(guestId) : ''
  const notify = useNotify()
  // A personal link lets in one person anyway.
  const [reach, setReach] = useState<Reach>({ period: 'week', people: guestId ? 'one' : 'any' })
  const limits = { expiresInHours: HOURS[reach.period], maxUses: USES[reach.people] }
  const { invite, open, revoke, busy, refusal } = useInvite(group.id, guestId, limits)
  const { name } = group

  async function withdraw() {
    if (!(await revoke())) return
    notify(t`The link does not work any more`)
    close()
  }

  return (
    <Dialog title={guest ? t`Link for ${guest}` : t`Invite to ${name}`} onClose={close}>
      {!invite && refusal && <Failure onRetry={() => void open()}>{refusal.message}</Failure>}
      {!invite && !refusal && <Skeleton className="mx-auto size-44" />}
      {invite && (
        <div className="grid gap-5">
          <FormError>{refusal?.message}</FormError>
          <QrCode value={invite.url} title={t`Scan to join`} />
          <Link {...invite} groupName={name} guest={guest} />
          <ReachFields reach={reach} personal={Boolean(guestId)} onChange={setReach} />
          <Button
            look="quiet"
            size="small"
            className="justify-self-center text-muted!"
            busy={busy}
            icon={<Unlink size={16} aria-hidden="true" />}
            onClick={() => void withdraw()}
          >
            <Trans>Withdraw this link</Trans>
          </Button>
        </div>
      )}
    </Dialog>
  )
}

interface ReachFieldsProps {
  reach: Reach
  /** Whether the link is for one guest alone. */
  personal: boolean
  onChange: (reach: Reach) => void
}

/** How far a link reaches if it falls into wrong hands; another choice makes another link. */
function ReachFields({ reach, personal, onChange }: ReachFieldsProps) {
  return (
    <div className="grid grid-cols-2 gap-3">
      <SelectField
        label={t`Works for`}
        value={reach.period}
        onChange={({ target }) => {
          onChange({ ...reach, period: target.value as Reach['period'] })
        }}
      >
        <option value="day">{t`a day`}</option>
        <option value="week">{t`a week`}</option>
        <option value="month">{t`30 days`}</option>
      </SelectField>
      {!personal && (
        <SelectField
          label={t`Lets in`}
          value={reach.people}
          onChange={({ target }) => {
            onChange({ ...reach, people: target.value as Reach['people'] })
          }}
        >
          <option value="any">{t`any number`}</option>
          <option value="one">{t`one person`}</option>
          <option value="five">{t`5 people`}</option>
          <option value="ten">{t`10 people`}</option>
        </SelectField>
      )}
    </div>
  )
}

type LinkProps = Pick<CreateInviteMutation['createInvite'], 'url' | 'expiresAt'> & {
  groupName: string
  /** Whose personal link it is, if it is one. */
  guest: string
}

function Link({ url, expiresAt, groupName, guest }: LinkProps) {
  const notify = useNotify()
  const day = formatDay(dayOf(expiresAt))
  const input = useRef<HTMLInputElement>(null)
  const hint = guest
    ? t`Send it to ${guest} alone: whoever opens it first takes that place. It works until ${day}.`
    : t`Anybody with it can join until ${day}.`

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
      <Field label={t`Invite link`} hint={hint}>
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
