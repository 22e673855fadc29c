import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState, type ComponentProps } from 'react'
import { useActionForm, type ActionForm } from '../../api/useActionForm'
import { newKey } from '../../lib/key'
import { CurrencyField } from '../../ui/CurrencyField'
import { Dialog, DialogFooter } from '../../ui/Dialog'
import { FormError, SelectField, TextField } from '../../ui/Field'
import { SkeletonRows } from '../../ui/states'
import { useDialog } from '../../ui/useDialog'
import { unmask } from '../../api/fragments'
import { SendButton } from '../../api/SendButton'
import { Me, type ProfileFragment } from '../account'
import { EntryPicker } from './EntryPicker'
import type { ChosenFile } from './file'
import { FileField } from './FileField'
import { FORMATS, guessFormat } from './formats'
import { ImportProgress } from './ImportProgress'
import { Outcome } from './Outcome'
import { importSentence } from './problems'
import { useImport, type ImportSettings } from './useImport'

interface Chosen {
  /** Another one for each choice, also of the same file: it is read as if it were new. */
  key: string
  file: ChosenFile
  /** How it is likely to be read. */
  settings: ImportSettings
}

/** Brings a ledger from elsewhere into a new group: it is looked at first, and taken over on request. */
export function ImportDialog() {
  const { close } = useDialog()
  const { data } = useQuery(Me)
  const [chosen, setChosen] = useState<Chosen>()
  const ledger = useImport()
  const currency = unmask<ProfileFragment>(data?.me)?.defaultCurrency ?? 'EUR'

  function choose(file: ChosenFile) {
    const settings = { format: guessFormat(file.name, file.text), groupName: '', currency, me: '' }
    setChosen({ key: newKey(), file, settings })
    void ledger.check(file, settings)
  }

  return (
    <Dialog title={t`Import a group`} onClose={close}>
      <div className="grid gap-5">
        <FileField chosen={chosen?.file.name} onFile={choose} />
        {chosen && (
          <ImportForm
            key={chosen.key}
            file={chosen.file}
            settings={chosen.settings}
            ledger={ledger}
          />
        )}
      </div>
    </Dialog>
  )
}

interface ImportFormProps extends Omit<Chosen, 'key'> {
  ledger: ReturnType<typeof useImport>
}

/** How the file is read, what came of it, and the button that takes it over. */
function ImportForm({ file, settings, ledger }: ImportFormProps) {
  const { check, take, outcome, checking, taking, progress, refusal } = ledger
  const form = useActionForm<ImportSettings>({ defaultValues: settings, refusal })
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set())
  const entries = outcome?.entries
  const lines = entries?.map(({ line }) => line).filter((line) => !left.has(line))
  const count = lines?.length ?? (outcome ? outcome.expenses + outcome.payments : 0)
  const checkAgain = () => {
    setLeft(new Set())
    void check(file, form.getValues())
  }
  return (
    <form
      onSubmit={form.onSubmit((chosen) => take(file, chosen, left.size > 0 ? lines : undefined))}
      className="grid gap-5"
      noValidate
    >
      <Settings
        form={form}
        onFormat={() => {
          form.setValue('me', '')
          checkAgain()
        }}
        onCurrency={checkAgain}
      />
      <FormError>{refusal?.problem ? importSentence(refusal.problem) : form.general}</FormError>
      {checking && <SkeletonRows rows={3} label={t`Reading the file`} />}
      {outcome && !checking && (
        <>
          <Outcome outcome={outcome} />
          {entries && entries.length > 0 ? (
            <EntryPicker entries={entries} left={left} onLeave={setLeft} />
          ) : (
            <OwnName people={outcome.people} {...form.field('me', { onChange: checkAgain })} />
          )}
          <DialogFooter>
            {progress && <ImportProgress progress={progress} />}
            <SendButton busy={taking} disabled={count === 0}>
              <Trans>Import into a new group</Trans>
            </SendButton>
          </DialogFooter>
        </>
      )}
    </form>
  )
}

interface SettingsProps {
  form: ActionForm<ImportSettings>
  /** Whatever changes what would be taken over is looked at anew; the name of the group does not. */
  onFormat: () => void
  onCurrency: () => void
}

function Settings({ form: { field }, onFormat, onCurrency }: SettingsProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField
        label={t`Written by`}
        hint={t`Guessed from the file; correct it if it is not right.`}
        className="sm:col-span-2"
        {...field('format', { onChange: onFormat })}
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
        {...field('groupName')}
      />
      <CurrencyField
        label={t`Currency`}
        hint={t`Of amounts that name none.`}
        {...field('currency', { onChange: onCurrency })}
      />
    </div>
  )
}

type OwnNameProps = { people: string[] } & Omit<
  ComponentProps<typeof SelectField>,
  'label' | 'children'
>

/** Who of the people in the file the viewer is. */
function OwnName({ people, ...field }: OwnNameProps) {
  if (people.length === 0) return null
  return (
    <SelectField label={t`You are`} {...field}>
      <option value="">{t`Whoever is called as I am here`}</option>
      {people.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </SelectField>
  )
}
