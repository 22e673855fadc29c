import type { ReactNode } from 'react'
import { Focusable, Tooltip, TooltipTrigger } from 'react-aria-components/Tooltip'
import { useHref, useLinkClickHandler } from 'react-router'

interface TipLinkProps {
  to: string
  /** What is told on hover and on focus by keyboard, beside what the link says. */
  tip: ReactNode
  className?: string
  children: ReactNode
}

/** A link with a tooltip. */
export function TipLink({ to, tip, className, children }: TipLinkProps) {
  const href = useHref(to)
  const follow = useLinkClickHandler(to)
  return (
    <TooltipTrigger delay={150}>
      <Focusable>
        <a href={href} onClick={follow} className={className}>
          {children}
        </a>
      </Focusable>
      <Tooltip
        offset={8}
        className="rounded-lg bg-ink px-3 py-1.5 text-sm text-canvas shadow-float"
      >
        {tip}
      </Tooltip>
    </TooltipTrigger>
  )
}
