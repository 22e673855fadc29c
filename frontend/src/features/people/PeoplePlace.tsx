import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { ChevronRight, UserPlus, UsersRound } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { readRefusal } from '../../api/refusal'
import { Avatar } from '../../ui/Avatar'
import { LinkButton } from '../../ui/Button'
import { Page } from '../../ui/Page'
import { SearchField } from '../../ui/SearchField'
import { Series } from '../../ui/Series'
import { Empty, Failure, SkeletonRows } from '../../ui/states'
import { Requests, useFriends } from '../friends'
import { isDirect, OwnBalance, useStanding } from '../groups'
import { FormerGroups } from '../payments'
import { dialogLink } from '../../ui/useDialog'
import { contactsOf, type Contact } from './contacts'

// A list that fits on a screen needs no search.
const SEARCHED_FROM = 8

/** The viewer's friends and everybody in a shared group, and how the viewer stands with each. */
export function PeoplePlace() {
  const { groups, standing, error, retry } = useStanding()
  const [text, setText] = useState('')
  const { friends } = useFriends()
  const contacts = groups && standing && contactsOf(groups, standing.friendBalances, friends)
  const found = contacts?.filter(({ name }) => includes(name, text))
  return (
    <Page
      title={t`People`}
      actions={
        <LinkButton
          {...dialogLink('friend')}
          look="quiet"
          icon={<UserPlus size={18} aria-hidden="true" />}
        >
          <Trans>Add a friend</Trans>
        </LinkButton>
      }
    >
      <Requests />
      {contacts && contacts.length >= SEARCHED_FROM && (
        <SearchField label={t`Search people`} value={text} onChange={setText} />
      )}
      <div className="card p-1.5">
        {!contacts && !error && <SkeletonRows label={t`Loading people`} />}
        {!contacts && error && <Failure onRetry={retry}>{readRefusal(error).message}</Failure>}
        {contacts?.length === 0 && (
          <Empty icon={<UsersRound size={26} aria-hidden="true" />} title={t`Nobody here yet`}>
            <Trans>
              Your friends and everybody with whom you share a group are listed here, with what is
              open between you.
            </Trans>
          </Empty>
        )}
        {contacts && contacts.length > 0 && found?.length === 0 && (
          <p role="status" className="px-3 py-2.5 text-sm text-muted">
            <Trans>Nobody is called that.</Trans>
          </p>
        )}
        <ul>
          {found?.map((contact) => (
            <ContactRow key={contact.id} contact={contact} />
          ))}
        </ul>
      </div>
      <FormerGroups />
    </Page>
  )
}

function includes(name: string, text: string): boolean {
  return name.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase())
}

/** How the viewer knows somebody: as a friend, and from which groups. */
function relation({ isFriend, shared }: Contact): string[] {
  const groups = shared.filter(({ group }) => !isDirect(group)).map(({ group }) => group.name)
  return isFriend ? [t`friend`, ...groups] : groups
}

function ContactRow({ contact }: { contact: Contact }) {
  const { id, name, picture, isGuest, balances } = contact
  return (
    <li>
      <Link
        to={`/people/${id}`}
        className="flex min-h-14 items-center gap-3.5 rounded-xl px-3 py-2 transition-colors hover:bg-hover"
      >
        <Avatar name={name} picture={picture} guest={isGuest} />
        <span className="min-w-0 grow">
          <span className="block truncate font-semibold">{name}</span>
          <span className="block truncate text-sm text-muted">
            <Series of={relation(contact)} between=" · " />
          </span>
        </span>
        <OwnBalance balances={balances} size="row" />
        <ChevronRight size={18} className="shrink-0 text-faint max-sm:hidden" aria-hidden="true" />
      </Link>
    </li>
  )
}
