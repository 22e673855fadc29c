import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import { useState, type ComponentProps } from 'react'
import { useWatch } from 'react-hook-form'
import { useLocation, useNavigate } from 'react-router'
import { AccountFrame, backTo } from '../account'
import { sendPlain } from '../../api/plain'
import { useSession, useSignedIn } from '../../api/services'
import { useActionForm } from '../../api/useActionForm'
import { useSending } from '../../api/useSending'
import {
  type InvitePreviewQuery,
  JoinGroup,
  type JoinGroupMutationVariables,
  RequestClaim,
  type RequestClaimMutationVariables,
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
    <div className="grid gap-2">
      <p className="text-sm text-muted">
        <Plural
          value={invite.memberNames.length}
          one="# person is in this group"
          other="# people are in this group"
        />
      </p>
      <ul aria-label={t`Already in`} className="flex flex-wrap gap-x-4 gap-y-2">
        {invite.memberNames.map((name, index) => (
          <li key={index} className="flex items-center gap-2 text-sm">
            <Avatar name={name} size="small" />
            {name}
          </li>
        ))}
      </ul>
    </div>
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

interface JoinFormProps {
  token: string
  invite: Preview
}

/** Joins as somebody new or as a guest, or asks to join as one where that needs approval. */
function JoinForm({ token, invite }: JoinFormProps) {
  const { guests, personal, claimNeedsApproval } = invite
  const { join, ask, busy, refusal } = useJoining(token)
  const { control, field, onSubmit, general } = useActionForm({
    defaultValues: { claim: personal ? (guests[0]?.memberId ?? '') : '' },
    refusal,
  })
  const claim = useWatch({ control, name: 'claim' })
  const [asked, setAsked] = useState(false)
  const guest = guests.find(({ memberId }) => memberId === claim)
  const name = guest?.name ?? ''
  const asking = guest && claimNeedsApproval

  async function send() {
    if (asking) setAsked(await ask(claim))
    // A personal link names its guest itself.
    else await join(personal ? null : claim || null)
  }

  if (asked) return <Asked guest={name} />
  return (
    <form onSubmit={onSubmit(send)} className="grid gap-4">
      {!personal && guests.length > 0 && <ClaimChoice guests={guests} {...field('claim')} />}
      {asking && (
        <p className="text-sm text-muted">
          <Trans>An owner or admin of the group has to approve that.</Trans>
        </p>
      )}
      <FormError>{general}</FormError>
      <Button type="submit" busy={busy}>
        {asking ? (
          <Trans>Ask to join as {name}</Trans>
        ) : guest ? (
          <Trans>Join as {name}</Trans>
        ) : (
          <Trans>Join group</Trans>
        )}
      </Button>
    </form>
  )
}

function useJoining(token: string) {
  const navigate = useNavigate()
  const session = useSession()
  const joining = useSending((variables: JoinGroupMutationVariables) =>
    sendPlain(JoinGroup, variables, session.token()),
  )
  const asking = useSending((variables: RequestClaimMutationVariables) =>
    sendPlain(RequestClaim, variables, session.token()),
  )
  return {
    busy: joining.busy || asking.busy,
    refusal: joining.refusal ?? asking.refusal,
    join: async (claimMemberId: string | null) => {
      const data = await joining.run({ token, claimMemberId })
      if (data) await navigate(`/groups/${data.joinGroup.group.id}`, { replace: true })
    },
    /** Says whether it was asked. */
    ask: async (memberId: string) => Boolean(await asking.run({ token, memberId })),
  }
}

interface ClaimChoiceProps extends ComponentProps<'input'> {
  guests: Preview['guests']
}

function ClaimChoice({ guests, ...input }: ClaimChoiceProps) {
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5 text-sm font-semibold">
        <Trans>Are you one of these?</Trans>
      </legend>
      {[{ memberId: '', name: t`No, I am new here` }, ...guests].map(({ memberId, name }) => (
        <label
          key={memberId}
          className="flex min-h-11 cursor-pointer items-center gap-3 rounded-xl border border-line px-3.5 has-checked:border-brand has-checked:bg-brand-soft"
        >
          <input {...input} type="radio" value={memberId} className="accent-brand" />
          {memberId ? <Trans>I am {name}</Trans> : name}
        </label>
      ))}
    </fieldset>
  )
}

/** Waits for the decision of somebody else. */
function Asked({ guest }: { guest: string }) {
  return (
    <div role="status" className="grid gap-4">
      <h2 className="text-lg">
        <Trans>You have asked to join</Trans>
      </h2>
      <p className="text-muted">
        <Trans>
          As soon as an owner or admin agrees, you are <bdi>{guest}</bdi> in this group, and find it
          on your home page.
        </Trans>
      </p>
      <LinkButton to="/">
        <Trans>To Quits</Trans>
      </LinkButton>
    </div>
  )
}
