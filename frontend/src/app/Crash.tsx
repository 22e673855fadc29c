import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Compass, RotateCw } from 'lucide-react'
import { Button, LinkButton } from '../ui/Button'
import { Empty } from '../ui/states'
import { useTitle } from '../ui/useTitle'

/** The last resort: a page that broke offers a fresh start instead of a blank screen. */
export function Crash() {
  useTitle(t`Something broke`)
  return (
    <main className="grid min-h-dvh place-items-center">
      <Empty
        heading="h1"
        icon={<RotateCw size={26} aria-hidden="true" />}
        title={t`This page broke`}
        action={
          <Button
            onClick={() => {
              window.location.reload()
            }}
          >
            <Trans>Load it again</Trans>
          </Button>
        }
      >
        <Trans>Nothing you saved is lost. Loading the page again usually helps.</Trans>
      </Empty>
    </main>
  )
}

export function NotFound() {
  useTitle(t`Not found`)
  return (
    <main className="grid min-h-dvh place-items-center">
      <Empty
        heading="h1"
        icon={<Compass size={26} aria-hidden="true" />}
        title={t`There is nothing here`}
        action={
          <LinkButton to="/">
            <Trans>To your groups</Trans>
          </LinkButton>
        }
      >
        <Trans>The address may be mistyped, or the group is not yours to see.</Trans>
      </Empty>
    </main>
  )
}
