import { useApolloClient, useQuery } from '@apollo/client/react'
import type { MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { LogOut, Monitor, Moon, Sun } from 'lucide-react'
import { useId } from 'react'
import { ANONYMOUS } from '../../api/apollo'
import { useServices } from '../../api/services'
import { Avatar } from '../../ui/Avatar'
import { useTheme, type Theme } from '../../ui/theme'
import { Logout, Me } from './documents.generated'

const THEMES: readonly (readonly [Theme, MessageDescriptor, typeof Sun])[] = [
  ['system', msg`As the device`, Monitor],
  ['light', msg`Light`, Sun],
  ['dark', msg`Dark`, Moon],
]

/** The account at a glance, the theme and the way out. */
export function AccountMenu() {
  const client = useApolloClient()
  const { session } = useServices()
  const { data } = useQuery(Me)
  const menuId = useId()
  const name = data?.me.name ?? ''

  function logOut() {
    const refreshToken = session.end()
    if (!refreshToken) return
    // Out here, out now; the server forgets the session as soon as it can be told.
    const variables = { refreshToken }
    client.mutate({ mutation: Logout, variables, context: ANONYMOUS }).catch(() => undefined)
  }

  return (
    <div>
      <button
        type="button"
        popoverTarget={menuId}
        className="flex items-center gap-2.5 rounded-xl p-1.5 transition-colors hover:bg-hover lg:w-full"
      >
        <span className="sr-only">
          <Trans>Account</Trans>
        </span>
        <Avatar name={name} />
        <span className="truncate text-sm font-semibold max-lg:sr-only">{name}</span>
      </button>
      <div
        id={menuId}
        popover="auto"
        className="card fixed inset-auto top-14 right-3 m-0 w-64 p-2 text-ink shadow-float lg:top-auto lg:right-auto lg:bottom-20 lg:left-3"
      >
        <div className="px-3 py-2">
          <p className="truncate font-semibold">{name}</p>
          <p className="truncate text-sm text-muted">{data?.me.email}</p>
        </div>
        <ThemeChoice />
        <button
          type="button"
          onClick={logOut}
          className="flex min-h-11 w-full items-center gap-3 rounded-lg px-3 font-semibold transition-colors hover:bg-hover"
        >
          <LogOut size={18} aria-hidden="true" />
          <Trans>Log out</Trans>
        </button>
      </div>
    </div>
  )
}

function ThemeChoice() {
  const [theme, setTheme] = useTheme()
  const name = useId()
  return (
    <fieldset className="my-1 flex gap-1 rounded-lg bg-sunken p-1">
      <legend className="sr-only">
        <Trans>Theme</Trans>
      </legend>
      {THEMES.map(([value, label, Icon]) => (
        <label key={value} title={t(label)} className="relative grow">
          <input
            type="radio"
            name={name}
            checked={theme === value}
            onChange={() => {
              setTheme(value)
            }}
            aria-label={t(label)}
            className="peer absolute inset-0 size-full cursor-pointer appearance-none rounded-md"
          />
          <span className="pointer-events-none relative grid h-9 place-items-center rounded-md text-muted peer-checked:bg-surface peer-checked:text-ink peer-checked:shadow-card">
            <Icon size={17} aria-hidden="true" />
          </span>
        </label>
      ))}
    </fieldset>
  )
}
