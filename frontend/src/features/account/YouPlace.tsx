import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useQuery } from '@apollo/client/react'
import {
  Bell,
  Ban,
  ChartNoAxesColumn,
  HandCoins,
  ChevronRight,
  KeyRound,
  Landmark,
  Mail,
  LogOut,
  MonitorSmartphone,
  ReceiptText,
  ShieldCheck,
  UserX,
} from 'lucide-react'
import { Link } from 'react-router'
import { unmask } from '../../api/fragments'
import { readRefusal } from '../../api/refusal'
import { currencyLabel } from '../../lib/currencies'
import { Avatar } from '../../ui/Avatar'
import { Button } from '../../ui/Button'
import { LinkRow } from '../../ui/LinkRow'
import { Page } from '../../ui/Page'
import { Failure, SkeletonRows } from '../../ui/states'
import { Me, type ProfileFragment } from './documents.generated'
import { LanguageChoice } from './LanguageChoice'
import { ThemeChoice } from './ThemeChoice'
import { useLogOut } from './useLogOut'

/** The viewer's account and how the app looks. */
export function YouPlace() {
  const { data, error, refetch } = useQuery(Me)
  const logOut = useLogOut()
  return (
    <Page title={t`You`}>
      <section aria-label={t`Profile`} className="card">
        {!data && !error && <SkeletonRows rows={1} label={t`Loading your profile`} />}
        {!data && error && (
          <Failure onRetry={() => void refetch()}>{readRefusal(error).message}</Failure>
        )}
        {data && <Profile me={unmask<ProfileFragment>(data.me)} />}
      </section>
      <div className="card divide-y divide-line">
        <LinkRow to="/insights" icon={ChartNoAxesColumn}>
          <Trans>Insights over all groups</Trans>
        </LinkRow>
        <LinkRow to="/expenses" icon={ReceiptText}>
          <Trans>Expenses over all groups</Trans>
        </LinkRow>
        <LinkRow to="/payments" icon={HandCoins}>
          <Trans>Payments over all groups</Trans>
        </LinkRow>
      </div>
      <AccountSettings />
      <section aria-labelledby="appearance" className="grid gap-3">
        <h2 id="appearance" className="px-1 text-lg">
          <Trans>On this device</Trans>
        </h2>
        <ThemeChoice />
        <LanguageChoice />
      </section>
      <Button
        look="secondary"
        className="justify-self-start"
        icon={<LogOut size={18} aria-hidden="true" />}
        onClick={logOut}
      >
        <Trans>Log out</Trans>
      </Button>
    </Page>
  )
}

/** The ways to the pages about the account. */
function AccountSettings() {
  return (
    <section aria-labelledby="account" className="grid gap-3">
      <h2 id="account" className="px-1 text-lg">
        <Trans>Account</Trans>
      </h2>
      <div className="card divide-y divide-line">
        <LinkRow to="/settings/email" icon={Mail}>
          <Trans>Email address</Trans>
        </LinkRow>
        <LinkRow to="/settings/pay-handles" icon={Landmark}>
          <Trans>How you get paid</Trans>
        </LinkRow>
        <LinkRow to="/settings/notifications" icon={Bell}>
          <Trans>Notifications</Trans>
        </LinkRow>
        <LinkRow to="/settings/password" icon={KeyRound}>
          <Trans>Change password</Trans>
        </LinkRow>
        <LinkRow to="/settings/second-step" icon={ShieldCheck}>
          <Trans>Two-step log-in</Trans>
        </LinkRow>
        <LinkRow to="/settings/devices" icon={MonitorSmartphone}>
          <Trans>Devices</Trans>
        </LinkRow>
        <LinkRow to="/settings/blocked" icon={Ban}>
          <Trans>Blocked people</Trans>
        </LinkRow>
        <LinkRow to="/settings/delete" icon={UserX} danger>
          <Trans>Delete account</Trans>
        </LinkRow>
      </div>
    </section>
  )
}

/** What others see, and the way to change it. */
function Profile({ me }: { me: ProfileFragment }) {
  const currency = currencyLabel(me.defaultCurrency)
  return (
    <Link
      to="/settings/profile"
      className="flex items-center gap-4 rounded-2xl p-4 transition-colors hover:bg-hover"
    >
      <Avatar name={me.name} picture={me.avatarUrl} />
      <div className="min-w-0 grow">
        <p className="truncate font-semibold">{me.name}</p>
        <p className="truncate text-sm text-muted">{me.email}</p>
        <p className="text-sm text-muted">
          <Trans>Your currency: {currency}</Trans>
        </p>
      </div>
      <span className="sr-only">
        <Trans>Edit profile</Trans>
      </span>
      <span className="text-sm font-semibold text-brand" aria-hidden="true">
        <Trans>Edit</Trans>
      </span>
      <ChevronRight size={18} className="shrink-0 text-faint" aria-hidden="true" />
    </Link>
  )
}
