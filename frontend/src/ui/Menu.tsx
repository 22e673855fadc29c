import { EllipsisVertical } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { Menu as AriaMenu, MenuItem, MenuTrigger } from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'
import { AriaLocale } from './AriaLocale'
import { classes } from './classes'

export interface MenuAction {
  label: string
  icon: ReactNode
  run: () => void
  /** It takes something away. */
  danger?: boolean
}

interface MenuProps {
  label: string
  actions: readonly MenuAction[]
}

/** A button with three dots that opens a list of things to do. */
export function Menu({ label, actions }: MenuProps) {
  return (
    <AriaLocale>
      <MenuTrigger>
        <Button
          aria-label={label}
          className="grid size-11 shrink-0 place-items-center rounded-xl text-muted outline-offset-2 transition-colors hover:bg-hover hover:text-ink"
        >
          <EllipsisVertical size={20} aria-hidden="true" />
        </Button>
        <Popover placement="bottom end" className="card min-w-56 p-1.5 text-ink shadow-float">
          <AriaMenu className="outline-none">
            {actions.map(({ label: text, icon, run, danger }) => (
              <MenuItem
                key={text}
                textValue={text}
                onAction={run}
                className={classes(
                  'flex min-h-11 cursor-pointer items-center gap-3 rounded-xl px-3 font-semibold outline-none data-focused:bg-hover',
                  danger && 'text-danger',
                )}
              >
                {icon}
                {text}
              </MenuItem>
            ))}
          </AriaMenu>
        </Popover>
      </MenuTrigger>
    </AriaLocale>
  )
}
