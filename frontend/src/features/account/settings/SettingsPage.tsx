import { t } from '@lingui/core/macro'
import type { ReactNode } from 'react'
import { Page } from '../../../ui/Page'

/** A page about the viewer's account, below You. */
export function SettingsPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Page title={title} back={{ to: '/settings', label: t`Back to You` }}>
      {children}
    </Page>
  )
}
