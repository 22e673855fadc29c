import { Trans } from '@lingui/react/macro'
import { useId } from 'react'
import type { GroupKind } from '../../api/schema.generated'
import { CHOICES, kindLabel } from './kinds'

interface KindFieldProps {
  value: GroupKind
  onChange: (kind: GroupKind) => void
}

export function KindField({ value, onChange }: KindFieldProps) {
  const name = useId()
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5 text-sm font-semibold">
        <Trans>What is it for?</Trans>
      </legend>
      <div className="grid grid-cols-5 gap-1.5">
        {CHOICES.map(([kind, Icon]) => (
          <label key={kind} className="relative">
            <input
              type="radio"
              name={name}
              checked={kind === value}
              onChange={() => {
                onChange(kind)
              }}
              className="peer absolute inset-0 size-full cursor-pointer appearance-none rounded-xl"
            />
            <span className="pointer-events-none relative grid justify-items-center gap-1 rounded-xl border border-line py-2.5 text-xs font-semibold text-muted transition-colors peer-checked:border-brand peer-checked:bg-brand-soft peer-checked:text-brand">
              <Icon size={20} aria-hidden="true" />
              {kindLabel(kind)}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
