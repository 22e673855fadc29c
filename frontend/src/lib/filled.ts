import { t } from '@lingui/core/macro'

/** A rule of a form field: says what is wrong unless something was typed. */
export function filled(text: string): true | string {
  return text.trim() !== '' || t`This is needed.`
}
