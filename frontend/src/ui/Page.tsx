import type { ReactNode } from 'react'
import { useTitle } from './useTitle'

interface PageProps {
  title: string
  /** What can be done on the page as a whole. */
  actions?: ReactNode
  children: ReactNode
}

/** A place of the app: its heading and one column of content. */
export function Page({ title, actions, children }: PageProps) {
  useTitle(title)
  return (
    <div className="mx-auto grid max-w-3xl gap-5 px-4 pt-4 pb-28 sm:px-8 lg:pt-10 lg:pb-16">
      <header className="flex min-h-11 items-center justify-between gap-4">
        <h1 className="min-w-0 truncate text-2xl">{title}</h1>
        {actions}
      </header>
      {children}
    </div>
  )
}
