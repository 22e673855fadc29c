import { ArrowLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useTitle } from './useTitle'

interface PageProps {
  title: string
  /** Where a page below a place leads back to. */
  back?: { to: string; label: string }
  /** What can be done on the page as a whole. */
  actions?: ReactNode
  children: ReactNode
}

/** A place of the app: its heading and one column of content. */
export function Page({ title, back, actions, children }: PageProps) {
  useTitle(title)
  return (
    <div className="mx-auto grid max-w-3xl gap-5 px-4 pt-4 pb-28 sm:px-8 lg:pt-10 lg:pb-16">
      <header className="flex min-h-11 items-center gap-2">
        {back && (
          <Link
            to={back.to}
            aria-label={back.label}
            className="-ml-2 grid size-11 shrink-0 place-items-center rounded-xl text-muted hover:bg-hover"
          >
            <ArrowLeft size={20} aria-hidden="true" />
          </Link>
        )}
        <h1 className="min-w-0 grow text-2xl wrap-anywhere">{title}</h1>
        {actions}
      </header>
      {children}
    </div>
  )
}
