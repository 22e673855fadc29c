import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useQuery } from '@apollo/client/react'
import { ChartNoAxesColumn, ChevronRight, LogOut } from 'lucide-react'
import { Link } from 'react-router'
import { readRefusal } from '../../api/refusal'
import { currencyLabel } from '../../lib/currencies'
import { Avatar } from '../../ui/Avatar'
import { Button } from '../../ui/Button'
import { Page } from '../../ui/Page'
import { Failure, SkeletonRows } from '../../ui/states'
import { Me, type MeQuery } from './documents.generated'
import { LanguageChoice } from './LanguageChoice'
import { ThemeChoice } from './ThemeChoice'
import { useLogOut } from './useLogOut'

/** The viewer's account and how the app looks. */
export function YouPlace() {
  const { data, error, refetch } = useQuery(Me)
  const logOut = useLogOut()
  return (
    <Page title={t`You`}>
      <section aria-label={t`Profile`} className="card p-4">
        {!data && !error && <SkeletonRows rows={1} label={t`Loading your profile`} />}
        {!data && error && (
          <Failure onRetry={() => void refetch()}>{readRefusal(error).message}</Failure>
        )}
        {data && <Profile me={data.me} />}
      </section>
      <Link
        to="/insights"
        className="card flex min-h-14 items-center gap-3 px-4 font-semibold transition-colors hover:bg-hover"
      >
        <ChartNoAxesColumn size={20} className="text-brand" aria-hidden="true" />
        <span className="grow">
          <Trans>Insights over all groups</Trans>
        </span>
        <ChevronRight size={18} className="text-faint" aria-hidden="true" />
      </Link>
      <section aria-labelledby="appearance" className="grid gap-3">
        <h2 id="appearance" className="px-1 text-lg">
          <Trans>Appearance</Trans>
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

function Profile({ me }: { me: MeQuery['me'] }) {
  const currency = currencyLabel(me.defaultCurrency)
  return (
    <div className="flex items-center gap-4">
      <Avatar name={me.name} />
      <div className="min-w-0">
        <p className="truncate font-semibold">{me.name}</p>
        <p className="truncate text-sm text-muted">{me.email}</p>
        <p className="truncate text-sm text-muted">
          <Trans>New groups start with {currency}.</Trans>
        </p>
      </div>
    </div>
  )
}
