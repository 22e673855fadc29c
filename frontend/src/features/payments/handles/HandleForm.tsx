import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { useWatch } from 'react-hook-form'
import type { PayHandleInput, PayHandleKind } from '../../../api/schema.generated'
import { useActionForm } from '../../../api/useActionForm'
import { SendButton } from '../../../api/SendButton'
import { filled } from '../../../lib/filled'
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
  const [sent, setSent] = useState(EMPTY.kind)
  const { field, onSubmit, general, clearErrors, reset, control } = useActionForm({
    defaultValues: EMPTY,
    refusal,
    places: { handles: { field: 'value', message: t(KINDS[sent].wrong) } },
  })
  const kind = useWatch({ control, name: 'kind' })
  const { field: label, placeholder, hasHolder } = KINDS[kind]

  async function add({ value, holder, kind }: Typed) {
    setSent(kind)
    const added = { kind, value: value.trim(), holder: hasHolder ? holder.trim() : null }
    if (!(await save([...handles, added]))) return
    notify(t`Saved`)
    reset({ ...EMPTY, kind })
  }

  function begin() {
    clear()
    clearErrors()
  }

  return (
    <form
      onSubmit={onSubmit(add)}
      className="card grid gap-5 p-4"
      aria-label={t`Add a way to be paid`}
      noValidate
    >
      <SelectField label={t`How`} {...field('kind', { onChange: begin })}>
        {Object.entries(KINDS).map(([each, { label }]) => (
          <option key={each} value={each}>
            {t(label)}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t(label)}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        {...field('value', { validate: filled })}
      />
      {hasHolder && (
        <TextField
          label={t`Whose account it is`}
          autoComplete="name"
          {...field('holder', { validate: filled, shouldUnregister: true })}
        />
      )}
      <FormError>{general}</FormError>
      <SendButton busy={busy}>
        <Trans>Add</Trans>
      </SendButton>
    </form>
  )
}
