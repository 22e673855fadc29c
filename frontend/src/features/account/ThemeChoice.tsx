import type { MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Monitor, Moon, Sun } from 'lucide-react'
import { useId } from 'react'
import { useTheme, type Theme } from '../../ui/theme'

const THEMES: readonly (readonly [Theme, MessageDescriptor, typeof Sun])[] = [
  ['system', msg`As the device`, Monitor],
  ['light', msg`Light`, Sun],
  ['dark', msg`Dark`, Moon],
]

export function ThemeChoice() {
  const [theme, setTheme] = useTheme()
  const name = useId()
  return (
    <fieldset className="grid grid-cols-3 gap-1 rounded-xl bg-sunken p-1">
      <legend className="sr-only">
        <Trans>Theme</Trans>
      </legend>
      {THEMES.map(([value, label, Icon]) => (
        <label key={value} className="relative">
          <input
            type="radio"
            name={name}
            checked={theme === value}
            onChange={() => {
              setTheme(value)
            }}
            className="peer absolute inset-0 size-full cursor-pointer appearance-none rounded-lg"
          />
          <span className="pointer-events-none relative flex min-h-11 flex-col items-center justify-center gap-x-2 rounded-lg px-1 text-sm font-semibold text-muted peer-checked:bg-surface peer-checked:text-ink peer-checked:shadow-card sm:flex-row">
            <Icon size={17} aria-hidden="true" />
            {t(label)}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
