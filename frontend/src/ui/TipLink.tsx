import type { ComponentProps, ReactNode } from 'react'
import { Focusable, Tooltip, TooltipTrigger } from 'react-aria-components/Tooltip'
import { useHref, useLinkClickHandler } from 'react-router'

interface TipLinkProps extends Omit<ComponentProps<'a'>, 'href' | 'onClick'> {
  to: string
  /** What is told on hover and on focus by keyboard, beside what the link says. */
  tip: ReactNode
}

/** A link with a tooltip, also around shapes of a picture. */
export function TipLink({ to, tip, children, ...rest }: TipLinkProps) {
  const href = useHref(to)
  const follow = useLinkClickHandler(to)
  return (
    <TooltipTrigger delay={150}>
      <Focusable>
        <a {...rest} href={href} onClick={follow}>
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
