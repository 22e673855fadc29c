import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { Wordmark } from '../../ui/Wordmark'

interface AccountFrameProps {
  title: string
  lead?: string | undefined
  children: ReactNode
}

/** The page around log-in, registration and invites. */
export function AccountFrame({ title, lead, children }: AccountFrameProps) {
  return (
    <div className="flex min-h-dvh flex-col gap-8 px-5 pt-8 pb-12 sm:items-center sm:justify-center">
      <header className="sm:w-[27rem]">
        <Link to="/" aria-label="Quits" className="flex min-h-11 w-fit items-center rounded-lg">
          <Wordmark />
        </Link>
      </header>
      <main className="grid w-full gap-6 sm:card sm:w-[27rem] sm:p-8">
        <div className="grid gap-1.5">
          <h1 className="text-2xl">{title}</h1>
          {lead && <p className="text-muted">{lead}</p>}
        </div>
        {children}
      </main>
    </div>
  )
}
