import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useAction } from '../../api/useAction'
import { useActionForm } from '../../api/useActionForm'
import { problemText } from '../../lib/amounts'
import { fromMinor, parseMoney } from '../../lib/money'
import { Button } from '../../ui/Button'
import { FormError, SelectField } from '../../ui/Field'
import { MoneyField } from '../../ui/MoneyField'
import { useCategoryChoices, useCategoryLabel } from '../expenses'
import { SetBudget } from './documents.generated'

interface BudgetFormProps {
  /** Without it, the budget is the viewer's own. */
  groupId?: string | undefined
  currency: string
  onDone: () => void
  onCancel: () => void
}

export function BudgetForm({ groupId, currency, onDone, onCancel }: BudgetFormProps) {
  const categoryLabel = useCategoryLabel()
  const categories = useCategoryChoices()
  const { run, busy, refusal } = useAction(SetBudget)
  const { field, onSubmit, general } = useActionForm({
    defaultValues: { category: '', limit: '' },
    refusal,
  })

  async function save({ category, limit }: { category: string; limit: string }) {
    const parsed = parseMoney(limit, currency)
    if (!parsed.ok) return
    const input = {
      groupId: groupId ?? null,
      category: category || null,
      limit: fromMinor(parsed.minor, currency),
    }
    if (await run({ input })) onDone()
  }

  const limit = field('limit', {
    validate: (text) => {
      const parsed = parseMoney(text, currency)
      return parsed.ok || problemText(parsed.problem, currency)
    },
  })
  return (
    <form onSubmit={onSubmit(save)} className="grid gap-4" noValidate>
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField label={t`For`} {...field('category')}>
          <option value="">{t`All spending`}</option>
          {categories.map((category) => (
            <option key={category} value={category}>
              {categoryLabel(category)}
            </option>
          ))}
        </SelectField>
        <MoneyField label={t`Limit per month`} currency={currency} {...limit} />
      </div>
      <FormError>{general}</FormError>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" busy={busy}>
          <Trans>Save budget</Trans>
        </Button>
        <Button look="quiet" onClick={onCancel}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </form>
  )
}
