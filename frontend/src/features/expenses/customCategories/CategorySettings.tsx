import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { unmask } from '../../../api/fragments'
import { useAction } from '../../../api/useAction'
import { Button, IconButton } from '../../../ui/Button'
import { FormError } from '../../../ui/Field'
import { CategoryIcon } from '../categories'
import { CategoryForm } from './CategoryForm'
import { DeleteCategory, GroupCategories, type CustomCategoryFragment } from './documents.generated'

/** The categories that a group has added to those that everybody has, and where that is done. */
export function CategorySettings({ groupId }: { groupId: string }) {
  const { data, refetch } = useQuery(GroupCategories, { variables: { id: groupId } })
  const [adding, setAdding] = useState(false)
  if (!data?.group?.categories) return null
  const categories = unmask<CustomCategoryFragment>(data.group.categories)
  return (
    <section aria-labelledby="categories" className="grid gap-3">
      <div className="flex items-center gap-3 px-1">
        <h2 id="categories" className="grow text-lg">
          <Trans>Categories</Trans>
        </h2>
        {!adding && (
          <Button
            look="secondary"
            size="small"
            icon={<Plus size={16} aria-hidden="true" />}
            onClick={() => {
              setAdding(true)
            }}
          >
            <Trans>Add a category</Trans>
          </Button>
        )}
      </div>
      <div className="card divide-y divide-line">
        {adding && (
          <CategoryForm
            groupId={groupId}
            onSaved={() => void refetch()}
            onClose={() => {
              setAdding(false)
            }}
          />
        )}
        {categories.length === 0 && !adding && (
          <p className="p-4 text-sm text-muted">
            <Trans>
              Groceries, travel and ten more are in every group. Add what only this one needs.
            </Trans>
          </p>
        )}
        {categories.length > 0 && (
          <ul className="divide-y divide-line">
            {categories.map((category) => (
              <CategoryRow
                key={category.id}
                {...{ category, groupId }}
                onChanged={() => void refetch()}
              />
            ))}
          </ul>
        )}
      </div>
    </section>
  )
}

interface CategoryRowProps {
  category: CustomCategoryFragment
  groupId: string
  onChanged: () => void
}

function CategoryRow({ category, groupId, onChanged }: CategoryRowProps) {
  const { id, key, name } = category
  const [editing, setEditing] = useState(false)
  const { run, busy, refusal } = useAction(DeleteCategory)
  if (editing) {
    return (
      <li>
        <CategoryForm
          {...{ category, groupId }}
          onSaved={onChanged}
          onClose={() => {
            setEditing(false)
          }}
        />
      </li>
    )
  }
  return (
    <li className="grid gap-2 py-2 pr-2 pl-4">
      <div className="flex items-center gap-3">
        <CategoryIcon category={key} />
        <bdi className="min-w-0 grow truncate font-semibold">{name}</bdi>
        <IconButton
          label={t`Change the category ${name}`}
          onClick={() => {
            setEditing(true)
          }}
        >
          <Pencil size={18} aria-hidden="true" />
        </IconButton>
        <IconButton
          label={t`Remove the category ${name}`}
          disabled={busy}
          onClick={() => void run({ id }).then(onChanged)}
        >
          <Trash2 size={18} aria-hidden="true" />
        </IconButton>
      </div>
      <FormError>{refusal?.message}</FormError>
    </li>
  )
}
