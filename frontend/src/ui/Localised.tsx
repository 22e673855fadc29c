import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { useSyncExternalStore, type ReactNode } from 'react'
import { currentLocale } from '../lib/i18n'

function subscribe(listener: () => void): () => void {
  return i18n.on('change', listener)
}

/** Shows its children in the chosen language, all of them anew when it changes: texts, amounts and dates. */
export function Localised({ children }: { children: ReactNode }) {
  const locale = useSyncExternalStore(subscribe, currentLocale)
  return (
    <I18nProvider key={locale} i18n={i18n}>
      {children}
    </I18nProvider>
  )
}
