import { t } from '@lingui/core/macro'
import { TextField, type TextFieldProps } from '../../../ui/Field'

/** Asks for the viewer's password once more, before something that matters. */
export function PasswordField(input: Omit<TextFieldProps, 'label' | 'type' | 'autoComplete'>) {
  return (
    <TextField
      label={t`Your password`}
      type="password"
      autoComplete="current-password"
      {...input}
    />
  )
}

/** Where a form says that the password in one of its fields is wrong. */
export function wrongPassword<Name extends string>(field: Name) {
  return { BAD_CREDENTIALS: { field, message: t`This is not your password.` } }
}
