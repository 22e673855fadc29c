import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import type { ImportFormat } from '../../api/schema.generated'
import { Button } from '../../ui/Button'
import { CurrencyField } from '../../ui/CurrencyField'
import { Dialog, DialogFooter } from '../../ui/Dialog'
import { FormError, SelectField, TextField } from '../../ui/Field'
import { SkeletonRows } from '../../ui/states'
import { useDialog } from '../../ui/useDialog'
import { Me } from '../account'
import { FileField } from './FileField'
import { FORMATS, guessFormat } from './formats'
import { ImportProgress } from './ImportProgress'
import { Outcome } from './Outcome'
import { useImport, type Choice } from './useImport'

/** Brings a ledger from elsewhere into a new group: it is looked at first, and taken over on request. */
export function ImportDialog() {
  const { close } = useDialog()
  const { data } = useQuery(Me)
  const [choice, setChoice] = useState<Choice>()
  const { check, take, outcome, checking, taking, progress, refusal } = useImport()
  const currency = data?.me.defaultCurrency ?? 'EUR'

  /** Whatever changes what would be taken over is looked at anew. */
  function choose(next: Choice) {
    setChoice(next)
    void check(next)
  }

  return (
    <Dialog title={t`Import a group`} onClose={close}>
      <div className="grid gap-5">
        <FileField
          chosen={choice?.file.name}
          onFile={(file) => {
            choose({ currency, groupName: '', file, format: guessFormat(file.name, file.text) })
          }}
        />
        {choice && <Settings choice={choice} onChoose={choose} onName={setChoice} />}
        <FormError>{refusal?.message}</FormError>
        {checking && <SkeletonRows rows={3} label={t`Reading the file`} />}
        {outcome && !checking && <Outcome outcome={outcome} />}
        {choice && outcome && !checking && (
          <DialogFooter>
            {progress && <ImportProgress progress={progress} />}
            <Button
              busy={taking}
              disabled={outcome.expenses + outcome.payments === 0}
              onClick={() => void take(choice)}
            >
              <Trans>Import into a new group</Trans>
            </Button>
          </DialogFooter>
        )}
      </div>
    </Dialog>
  )
}

interface SettingsProps {
  choice: Choice
  onChoose: (choice: Choice) => void
  /** A name changes nothing of what is taken over. */
  onName: (choice: Choice) => void
}

function Settings({ choice, onChoose, onName }: SettingsProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField
        label={t`Written by`}
        hint={t`Guessed from the file; correct it if it is not right.`}
        className="sm:col-span-2"
        value={choice.format}
        onChange={({ target }) => {
          onChoose({ ...choice, format: target.value as ImportFormat })
        }}
      >
        {Object.entries(FORMATS).map(([format, label]) => (
          <option key={format} value={format}>
            {typeof label === 'string' ? label : t(label)}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t`Name of the new group`}
        optional
        autoComplete="off"
        placeholder={t`As the file says`}
        value={choice.groupName}
        onChange={({ target }) => {
          onName({ ...choice, groupName: target.value })
        }}
      />
      <CurrencyField
        label={t`Currency`}
        hint={t`Of amounts that name none.`}
        value={choice.currency}
        onChange={({ target }) => {
          onChoose({ ...choice, currency: target.value })
        }}
      />
    </div>
  )
}
