import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { CloudOff, RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from './Button'
import { classes } from './classes'

/** A breathing placeholder of the size of what is coming. */
export function Skeleton({ className }: { className?: string }) {
  return <span className={classes('block animate-breathe rounded-lg bg-line', className)} />
}

/** Placeholder rows of a list. */
export function SkeletonRows({ rows = 4, label }: { rows?: number; label: string }) {
  return (
    <div role="status" aria-label={label} className="grid gap-1 p-2">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex items-center gap-3 p-2.5">
          <Skeleton className="size-10 rounded-xl" />
          <div className="grid grow gap-2">
            <Skeleton className="h-3.5 w-2/5" />
            <Skeleton className="h-3 w-1/4" />
          </div>
          <Skeleton className="h-4 w-16" />
        </div>
      ))}
    </div>
  )
}

interface EmptyProps {
  icon: ReactNode
  title: string
  children?: ReactNode
  action?: ReactNode
  /** Where it is all there is on a page, its title is the heading of the page. */
  heading?: 'h1' | 'h2'
}

export function Empty({ icon, title, children, action, heading: Title = 'h2' }: EmptyProps) {
  return (
    <div className="grid justify-items-center gap-2 px-6 py-12 text-center">
      <span className="mb-2 grid size-14 place-items-center rounded-2xl bg-brand-soft text-brand">
        {icon}
      </span>
      <Title className="text-lg">{title}</Title>
      {children && <p className="max-w-sm text-muted">{children}</p>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  )
}

interface FailureProps {
  title?: string
  children: ReactNode
  onRetry: () => void
}

/** A whole view could not be loaded. */
export function Failure({ title = t`That did not load`, children, onRetry }: FailureProps) {
  return (
    <div role="alert" className="grid justify-items-center gap-2 px-6 py-12 text-center">
      <span className="mb-2 grid size-14 place-items-center rounded-2xl bg-danger-soft text-danger">
        <CloudOff size={26} aria-hidden="true" />
      </span>
      <h2 className="text-lg">{title}</h2>
      <p className="max-w-sm text-muted">{children}</p>
      <Button
        look="secondary"
        className="mt-3"
        icon={<RotateCw size={16} aria-hidden="true" />}
        onClick={onRetry}
      >
        <Trans>Try again</Trans>
      </Button>
    </div>
  )
}

interface UnavailableProps {
  what: string
  onRetry?: () => void
}

/** One part of the page has no answer; unknown is not zero, so nothing is shown in its place. */
export function Unavailable({ what, onRetry }: UnavailableProps) {
  return (
    <div role="status" className="flex items-center gap-3 px-4 py-3 text-sm text-muted">
      <CloudOff size={18} className="shrink-0" aria-hidden="true" />
      <p className="grow">{what}</p>
      {onRetry && (
        <Button look="quiet" size="small" onClick={onRetry}>
          <Trans>Retry</Trans>
        </Button>
      )}
    </div>
  )
}
