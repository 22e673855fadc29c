import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { ArrowLeft, Check, Compass, HandCoins } from 'lucide-react'
import { Link, useParams } from 'react-router'
import { readRefusal } from '../../api/refusal'
import { Amount } from '../../ui/Amount'
import { Avatar } from '../../ui/Avatar'
import { LinkButton } from '../../ui/Button'
import { Empty, Failure, SkeletonRows } from '../../ui/states'
import { dialogLink } from '../../ui/useDialog'
import { useTitle } from '../../ui/useTitle'
import { FriendActions, useFriends } from '../friends'
import { isDirect, KindIcon, kindLabel, OwnBalance, useStanding } from '../groups'
import { paymentOf, RemindButton, SettleAll } from '../payments'
import { contactsOf, type SharedGroup } from './contacts'

/** How the viewer and one other person stand, group by group. */
export function PersonPage() {
  const { personId } = useParams()
  const { groups, standing, error, retry } = useStanding()
  const { friends } = useFriends()
  const contacts = groups && standing && contactsOf(groups, standing.friendBalances, friends)
  const contact = contacts?.find(({ id }) => id === personId)
  useTitle(contact?.name)
  if (!groups && error) return <Failure onRetry={retry}>{readRefusal(error).message}</Failure>
  if (!contacts) return <SkeletonRows label={t`Loading the person`} />
  if (!contact) return <NoPerson />
  const { id, name, picture, isGuest, isFriend, shared, balances } = contact
  return (
    <div className="mx-auto grid max-w-3xl gap-5 px-4 pt-2 pb-28 sm:px-8 lg:pt-10 lg:pb-16">
      <header className="flex items-center gap-3">
        <Link
          to="/people"
          aria-label={t`All people`}
          className="-ml-2 grid size-11 place-items-center rounded-xl text-muted hover:bg-hover"
        >
          <ArrowLeft size={20} aria-hidden="true" />
        </Link>
        <Avatar name={name} picture={picture} guest={isGuest} />
        <div className="min-w-0">
          <h1 className="line-clamp-2 text-xl wrap-anywhere">{name}</h1>
          <p className="text-sm text-muted">
            {isGuest && <Trans>a guest, without an account</Trans>}
            {isFriend && <Trans>friend</Trans>}
          </p>
        </div>
      </header>
      <section aria-label={t`Your balance`}>
        <OwnBalance balances={balances} size="hero" />
      </section>
      {!isGuest && <SettleAll userId={id} name={name} transfers={shared.flatMap(openTransfers)} />}
      {!isGuest && <FriendActions id={id} name={name} />}
      {shared.length > 0 && (
        <section aria-labelledby="shared" className="grid gap-2">
          <h2 id="shared" className="px-1 text-lg">
            <Trans>What you share</Trans>
          </h2>
          <ul className="card divide-y divide-line">
            {shared.map((each) => (
              <SharedRow key={each.group.id} shared={each} {...{ name, isGuest }} />
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

/** What is to be paid between the two in a group that they share. */
function openTransfers({ group, transfers }: SharedGroup) {
  return transfers.map(({ to, amount }) => ({
    groupId: group.id,
    title: isDirect(group) ? kindLabel(group.kind) : group.name,
    toViewer: to.id === group.viewerMember.id,
    amount,
  }))
}

interface SharedRowProps {
  shared: SharedGroup
  /** The other person. */
  name: string
  isGuest: boolean
}

function SharedRow({ shared: { group, transfers }, name, isGuest }: SharedRowProps) {
  return (
    <li className="grid gap-2 px-4 py-3">
      <Link to={`/groups/${group.id}`} className="flex items-center gap-3 hover:underline">
        <KindIcon kind={group.kind} small />
        <span className="line-clamp-2 min-w-0 wrap-anywhere font-semibold">
          {isDirect(group) ? kindLabel(group.kind) : group.name}
        </span>
      </Link>
      {group.settlement && transfers.length === 0 && (
        <p className="flex items-center gap-2 text-sm text-muted">
          <Check size={16} aria-hidden="true" />
          <Trans>Nothing to pay between you here.</Trans>
        </p>
      )}
      {!group.settlement && (
        <p className="text-sm text-muted">
          <Trans>Not available right now.</Trans>
        </p>
      )}
      {transfers.map((transfer) => (
        <div
          key={transfer.amount.currency}
          className="flex flex-wrap items-center justify-end gap-x-3 gap-y-2"
        >
          <p className="min-w-0 grow text-sm text-muted max-sm:basis-full">
            {transfer.to.id === group.viewerMember.id ? t`to be paid to you` : t`to be paid by you`}{' '}
            <Amount money={transfer.amount} className="font-semibold text-ink" />
          </p>
          {transfer.to.id === group.viewerMember.id && !isGuest && (
            <RemindButton groupId={group.id} memberId={transfer.from.id} name={name} />
          )}
          <LinkButton
            {...dialogLink('payment', paymentOf(transfer), `/groups/${group.id}`)}
            look="tonal"
            size="small"
            icon={<HandCoins size={16} aria-hidden="true" />}
          >
            <Trans>Settle up</Trans>
          </LinkButton>
        </div>
      ))}
    </li>
  )
}

function NoPerson() {
  return (
    <Empty
      heading="h1"
      icon={<Compass size={26} aria-hidden="true" />}
      title={t`Nobody you share a group with`}
      action={
        <LinkButton to="/people">
          <Trans>To people</Trans>
        </LinkButton>
      }
    >
      <Trans>This person is in none of your groups, or not any more.</Trans>
    </Empty>
  )
}
