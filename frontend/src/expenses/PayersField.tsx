import type { People } from '../groups/people'
import { Button } from '../ui/Button'
import { SelectField } from '../ui/Field'
import { LeftToAssign } from './LeftToAssign'
import { MemberAmounts } from './MemberAmounts'
import type { FormProps } from './NewExpenseDialog'

interface PayersFieldProps extends FormProps {
  people: People
  left: bigint | undefined
}

/** Who paid: one person for everything, or several with an amount each. */
export function PayersField({ form, change, errors, people, left }: PayersFieldProps) {
  if (!form.several) {
    return (
      <div className="flex items-end gap-2">
        <SelectField
          label="Paid by"
          className="grow"
          error={errors.payers}
          value={form.payer}
          onChange={(event) => {
            change({ payer: event.target.value })
          }}
        >
          {people.active.map(({ id }) => (
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
          Several people
        </Button>
      </div>
    )
  }
  return (
    <fieldset className="grid gap-2">
      <div className="flex items-center justify-between">
        <legend className="float-left text-sm font-semibold">Paid by</legend>
        <Button
          look="quiet"
          size="small"
          onClick={() => {
            change({ several: false })
          }}
        >
          One person
        </Button>
      </div>
      <MemberAmounts
        people={people}
        currency={form.currency}
        purpose="paid"
        texts={form.paid}
        onChange={(paid) => {
          change({ paid })
        }}
      />
      <AddsUp left={left} currency={form.currency} error={errors.payers} />
    </fieldset>
  )
}

interface AddsUpProps {
  left: bigint | undefined
  currency: string
  error: string | undefined
}

/** What is left to assign, and after a try to save, why that did not work. */
export function AddsUp({ left, currency, error }: AddsUpProps) {
  return (
    <>
      {left !== undefined && <LeftToAssign left={left} currency={currency} />}
      {error && (
        <p role="alert" className="text-right text-sm text-danger">
          {error}
        </p>
      )}
    </>
  )
}
