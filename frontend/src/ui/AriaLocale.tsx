import type { ReactNode } from 'react'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { currentLocale } from '../lib/i18n'

/** React Aria's own texts in the language of the app: around each of its components, so that pages without any do without it. */
export function AriaLocale({ children }: { children: ReactNode }) {
  return <I18nProvider locale={currentLocale()}>{children}</I18nProvider>
}
