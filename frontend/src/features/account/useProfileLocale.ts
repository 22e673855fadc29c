import { useQuery } from '@apollo/client/react'
import { useEffect } from 'react'
import { unmask } from '../../api/fragments'
import { adoptLocale } from '../../lib/i18n'
import { Me, type ProfileFragment } from './documents.generated'

/** Shows the app in the language of the profile, unless another one is chosen on this device. */
export function useProfileLocale(): void {
  const { data } = useQuery(Me)
  const locale = unmask<ProfileFragment>(data?.me)?.locale
  useEffect(() => {
    // Without its texts the app stays in the language that it is in.
    if (locale) adoptLocale(locale).catch(() => undefined)
  }, [locale])
}
