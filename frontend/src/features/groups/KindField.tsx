import { Trans } from '@lingui/react/macro'
import type { ComponentProps } from 'react'
import { CHOICES, kindLabel } from './kinds'

/** What a group is for: each choice is an input of the form. */
export function KindField(input: ComponentProps<'input'>) {
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5 text-sm font-semibold">
        <Trans>What is it for?</Trans>
      </legend>
      <div className="grid grid-cols-5 gap-1.5">
        {CHOICES.map(([kind, Icon]) => (
          <label key={kind} className="relative">
            <input
              {...input}
              type="radio"
              value={kind}
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
