import { LoaderCircle } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { Link } from 'react-router'
import { classes } from './classes'

type Look = 'primary' | 'tonal' | 'secondary' | 'quiet' | 'danger'
type Size = 'regular' | 'small'

const BASE =
  'inline-flex items-center justify-center gap-2 rounded-xl font-semibold whitespace-nowrap select-none transition-colors duration-100 disabled:opacity-55'

const LOOKS: Record<Look, string> = {
  primary: 'bg-brand text-on-brand hover:not-disabled:bg-brand-strong',
  tonal: 'bg-brand-soft text-brand hover:not-disabled:bg-brand hover:not-disabled:text-on-brand',
  secondary: 'border border-line-strong bg-surface text-ink hover:not-disabled:bg-hover',
  quiet: 'text-brand hover:not-disabled:bg-brand-soft',
  danger: 'bg-danger text-[light-dark(#ffffff,#3b0d0a)] hover:not-disabled:opacity-90',
}

const SIZES: Record<Size, string> = {
  regular: 'min-h-11 px-4 text-base',
  // Looks small, and is as easy to hit as any other.
  small: 'reach min-h-9 px-3 text-sm',
}

interface Shape {
  look?: Look
  size?: Size
  icon?: ReactNode
}

interface ButtonProps extends ComponentProps<'button'>, Shape {
  busy?: boolean
}

export function Button(props: ButtonProps) {
  const { look = 'primary', size = 'regular', icon, busy = false, children, ...rest } = props
  return (
    <button
      type="button"
      {...rest}
      disabled={busy || rest.disabled}
      aria-busy={busy || undefined}
      className={classes(BASE, LOOKS[look], SIZES[size], rest.className)}
    >
      {busy ? <LoaderCircle size={18} className="animate-spin" aria-hidden="true" /> : icon}
      {children}
    </button>
  )
}

interface LinkButtonProps extends ComponentProps<typeof Link>, Shape {}

export function LinkButton(props: LinkButtonProps) {
  const { look = 'primary', size = 'regular', icon, children, className, ...rest } = props
  return (
    <Link {...rest} className={classes(BASE, LOOKS[look], SIZES[size], className)}>
      {icon}
      {children}
    </Link>
  )
}

interface IconButtonProps extends ComponentProps<'button'> {
  label: string
}

/** A square button that shows only an icon; the label is for everybody who cannot see it. */
export function IconButton({ label, children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      className={classes(
        'inline-grid size-11 shrink-0 place-items-center rounded-xl text-muted transition-colors hover:bg-hover hover:text-ink',
        rest.className,
      )}
    >
      {children}
    </button>
  )
}
