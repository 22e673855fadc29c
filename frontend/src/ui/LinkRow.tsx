import { ChevronRight, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link, type LinkProps } from 'react-router'
import { classes } from './classes'

interface LinkRowProps extends LinkProps {
  icon: LucideIcon
  /** What is behind it now, such as the chosen value. */
  value?: ReactNode
  danger?: boolean
}

/** A row that leads to a page of its own. */
export function LinkRow({ icon: Icon, value, danger, children, ...link }: LinkRowProps) {
  return (
    <Link
      {...link}
      className="flex min-h-14 items-center gap-3 px-4 font-semibold transition-colors first:rounded-t-2xl last:rounded-b-2xl hover:bg-hover"
    >
      <Icon
        size={20}
        className={classes('shrink-0', danger ? 'text-danger' : 'text-brand')}
        aria-hidden="true"
      />
      <span className={classes('min-w-0 grow truncate', danger && 'text-danger')}>{children}</span>
      {value && <span className="shrink-0 text-sm font-normal text-muted">{value}</span>}
      <ChevronRight size={18} className="shrink-0 text-faint" aria-hidden="true" />
    </Link>
  )
}
