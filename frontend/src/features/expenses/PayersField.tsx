import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Button } from '../../ui/Button'
import { SelectField } from '../../ui/Field'
import type { FormProps } from './fields'
import { AddsUp, moneyWriter } from './LeftToAssign'
import { MemberAmounts } from './MemberAmounts'

/** Who paid: one person for everything, or several with an amount each. */
export function PayersField(props: FormProps) {
  return props.form.several ? <SeveralPayers {...props} /> : <OnePayer {...props} />
}

function OnePayer({ form, change, errors, members, people }: FormProps) {
  return (
    <div data-field="payers" className="flex animate-rise items-end gap-2">
      <SelectField
        label={form.refund ? t`Received by` : t`Paid by`}
        className="grow"
        error={errors.payers}
        value={form.payer}
        onChange={(event) => {
          change({ payer: event.target.value })
        }}
      >
        {members.map(({ id }) => (
          <option key={id} value={id}>
            {people.label(id)}
          </option>
        ))}
      </SelectField>
      <Button
        look="quiet"
        size="small"
        className="mb-1"
        onClick={() => {
          change({ several: true })
        }}
      >
        <Trans>Several people</Trans>
      </Button>
    </div>
  )
}

function SeveralPayers({ form, change, errors, members, people, reading }: FormProps) {
  return (
    <fieldset data-field="payers" className="grid animate-rise gap-2">
      <div className="flex items-center justify-between">
        <legend className="float-left text-sm font-semibold">
          {form.refund ? t`Received by` : t`Paid by`}
        </legend>
        <Button
          look="quiet"
          size="small"
          onClick={() => {
            change({ several: false })
          }}
        >
          <Trans>One person</Trans>
        </Button>
      </div>
      <MemberAmounts
        members={members}
        people={people}
        unit={form.currency}
        purpose={form.refund ? t`received` : t`paid`}
        textOf={(id) => form.paid[id] ?? ''}
        onChange={(changed) => {
          change({ paid: { ...form.paid, ...changed } })
        }}
      />
      <AddsUp left={reading.payersLeft} write={moneyWriter(form.currency)} error={errors.payers} />
    </fieldset>
  )
}
