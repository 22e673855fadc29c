import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState, type SubmitEvent } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { AccountFrame, backTo } from '../account'
import { sendPlain } from '../../api/plain'
import { useSession, useSignedIn } from '../../api/services'
import { useSending } from '../../api/useSending'
import {
  type InvitePreviewQuery,
  JoinGroup,
  type JoinGroupMutationVariables,
} from './plain.generated'
import { useInvitePreview } from './useInvitePreview'
import { Avatar } from '../../ui/Avatar'
import { Button, LinkButton } from '../../ui/Button'
import { FormError } from '../../ui/Field'
import { Failure, SkeletonRows } from '../../ui/states'
import { useTitle } from '../../ui/useTitle'

type Preview = NonNullable<InvitePreviewQuery['invite']>

/** What an invite link opens: a preview for everybody, joining for who has an account. */
export function JoinPage() {
  const token = useLocation().hash.slice(1)
  const signedIn = useSignedIn()
  const { loading, invite, refusal, retry } = useInvitePreview(token)
  const name = invite?.groupName ?? ''
  useTitle(invite ? t`Join ${name}` : t`Invitation`)

  if (loading) {
    return (
      <AccountFrame title={t`An invitation`} lead={t`One moment.`}>
        <SkeletonRows rows={2} label={t`Loading the invitation`} />
      </AccountFrame>
    )
  }
  if (!invite && refusal && refusal.code !== 'INVITE_NOT_FOUND') {
    return <Failure onRetry={retry}>{refusal.message}</Failure>
  }
  if (!invite) {
    return (
      <AccountFrame
        title={t`This link does not work any more`}
        lead={t`It has expired or was withdrawn. Ask for a new one.`}
      >
        <LinkButton to="/">
          <Trans>To Quits</Trans>
        </LinkButton>
      </AccountFrame>
    )
  }
  return (
    <AccountFrame title={t`Join “${name}”`} lead={t`You are invited to share costs here.`}>
      <Roster invite={invite} />
      {signedIn ? <JoinForm token={token} invite={invite} /> : <AccountChoice token={token} />}
    </AccountFrame>
  )
}

function Roster({ invite }: { invite: Preview }) {
  return (
    <ul aria-label={t`Already in`} className="flex flex-wrap gap-x-4 gap-y-2">
      {invite.memberNames.map((name, index) => (
        <li key={index} className="flex items-center gap-2 text-sm">
          <Avatar name={name} size="small" />
          {name}
        </li>
      ))}
    </ul>
  )
}

function AccountChoice({ token }: { token: string }) {
  const next = backTo(`/join#${token}`)
  return (
    <div className="grid gap-2">
      <LinkButton to={`/register${next}`}>
        <Trans>Create an account to join</Trans>
      </LinkButton>
      <LinkButton to={`/login${next}`} look="secondary">
        <Trans>I have an account</Trans>
      </LinkButton>
    </div>
  )
}

function JoinForm({ token, invite }: { token: string; invite: Preview }) {
  const navigate = useNavigate()
  const session = useSession()
  const { run, busy, refusal } = useSending((variables: JoinGroupMutationVariables) =>
    sendPlain(JoinGroup, variables, session.token()),
  )
  const [claim, setClaim] = useState('')

  async function submit(event: SubmitEvent) {
    event.preventDefault()
    const data = await run({ token, claimMemberId: claim || null })
    if (data) await navigate(`/groups/${data.joinGroup.group.id}`, { replace: true })
  }

  return (
    <form onSubmit={submit} className="grid gap-4">
      <FormError>{refusal?.message}</FormError>
      {invite.guests.length > 0 && (
        <fieldset className="grid gap-1.5">
          <legend className="mb-1.5 text-sm font-semibold">
            <Trans>Are you one of these?</Trans>
          </legend>
          {[{ memberId: '', name: t`No, I am new here` }, ...invite.guests].map(
            ({ memberId, name }) => (
              <label
                key={memberId}
                className="flex min-h-11 cursor-pointer items-center gap-3 rounded-xl border border-line px-3.5 has-checked:border-brand has-checked:bg-brand-soft"
              >
                <input
                  type="radio"
                  name="claim"
                  checked={claim === memberId}
                  onChange={() => {
                    setClaim(memberId)
                  }}
                  className="accent-brand"
                />
                {memberId ? <Trans>I am {name}</Trans> : name}
              </label>
            ),
          )}
        </fieldset>
      )}
      <Button type="submit" busy={busy}>
        <Trans>Join group</Trans>
      </Button>
    </form>
  )
}
