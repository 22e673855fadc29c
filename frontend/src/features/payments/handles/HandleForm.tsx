import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useForm, useWatch } from 'react-hook-form'
import { messageAt } from '../../../api/refusal'
import type { PayHandleInput, PayHandleKind } from '../../../api/schema.generated'
import { Button } from '../../../ui/Button'
import { FormError, SelectField, TextField } from '../../../ui/Field'
import { useNotify } from '../../../ui/Notices'
import { KINDS } from './kinds'
import { useSaveHandles } from './useSaveHandles'

interface Typed {
  kind: PayHandleKind
  value: string
  holder: string
}

const EMPTY: Typed = { kind: 'IBAN', value: '', holder: '' }

/** Adds a way to be paid after those that there are. */
export function HandleForm({ handles }: { handles: readonly PayHandleInput[] }) {
  const notify = useNotify()
  const { save, busy, refusal, clear } = useSaveHandles()
  const { register, handleSubmit, reset, control, formState } = useForm({ defaultValues: EMPTY })
  const kind = useWatch({ control, name: 'kind' })
  const { field, placeholder, wrong, hasHolder } = KINDS[kind]
  const refused = messageAt(refusal, 'handles') && t(wrong)

  async function submit({ value, holder, ...typed }: Typed) {
    const added = { ...typed, value: value.trim(), holder: hasHolder ? holder.trim() : null }
    if (!(await save([...handles, added]))) return
    notify(t`Saved`)
    reset({ ...EMPTY, kind })
  }

  const required = (text: string) => text.trim() !== '' || t`This is needed.`
  return (
    <form
      onSubmit={(event) => void handleSubmit(submit)(event)}
      className="card grid gap-5 p-4"
      aria-label={t`Add a way to be paid`}
      noValidate
    >
      <FormError>{refused ? undefined : refusal?.message}</FormError>
      <SelectField label={t`How`} {...register('kind', { onChange: clear })}>
        {Object.entries(KINDS).map(([each, { label }]) => (
          <option key={each} value={each}>
            {t(label)}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t(field)}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        error={formState.errors.value?.message ?? refused}
        {...register('value', { validate: required })}
      />
      {hasHolder && (
        <TextField
          label={t`Whose account it is`}
          autoComplete="name"
          error={formState.errors.holder?.message}
          {...register('holder', { validate: required })}
        />
      )}
      <Button type="submit" busy={busy}>
        <Trans>Add</Trans>
      </Button>
    </form>
  )
}
