import type { MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useEffect, useRef, type ReactNode } from 'react'
import type { SplitMode } from '../../api/schema.generated'
import { fromMinor } from '../../lib/money'
import { Amount } from '../../ui/Amount'
import { Button } from '../../ui/Button'
import { Segmented } from '../../ui/Segmented'
import type { ModeProps } from './fields'
import { ItemsField } from './ItemsField'
import { AddsUp, moneyWriter, percentWriter } from './LeftToAssign'
import { MemberAmounts } from './MemberAmounts'
import { SharersField } from './SharersField'
import { MODES, modeLabel, splitSentence, weightText } from './split'

/** What is not plain from the fields themselves. */
const HINTS: Partial<Record<SplitMode, MessageDescriptor>> = {
  WEIGHTS: msg`Two shares owe twice as much as one.`,
  ADJUSTMENTS: msg`The same for everybody, and so much more or less each.`,
  ITEMS: msg`Everybody owes what they had. Tax, tip and discount follow in proportion.`,
}

const FIELDS: Record<SplitMode, (props: ModeProps) => ReactNode> = {
  EQUAL: SharersField,
  EXACT: ExactShares,
  PERCENT: PercentShares,
  WEIGHTS: WeightedShares,
  ADJUSTMENTS: AdjustedShares,
  ITEMS: ItemsField,
}

interface SplitFieldProps extends ModeProps {
  /** What can be chosen. */
  modes?: readonly SplitMode[]
}

/** How the total is shared: the switch of modes, the mode's own fields, and whether it adds up. */
export function SplitField({ modes = MODES, ...props }: SplitFieldProps) {
  const { form, change, errors, reading } = props
  const fields = useFocusOnMode(form.mode)
  if (form.kept) return <KeptSplit {...props} kept={form.kept} />
  const Fields = FIELDS[form.mode]
  const hint = HINTS[form.mode]
  return (
    <div data-field="split" className="grid animate-rise gap-3">
      <Segmented
        label={t`How to split`}
        value={form.mode}
        options={modes.map((mode) => [mode, modeLabel(mode)] as const)}
        onChange={(mode) => {
          change({ mode })
        }}
      />
      {hint && <p className="text-sm text-faint">{t(hint)}</p>}
      <div ref={fields}>
        <Fields {...props} />
      </div>
      <AddsUp
        left={reading.splitLeft}
        write={form.mode === 'PERCENT' ? percentWriter : moneyWriter(form.currency)}
        error={errors.split}
      />
    </div>
  )
}

/** Whoever taps a mode goes on in its first field; arrow keys stay among the modes. */
function useFocusOnMode(mode: SplitMode) {
  const fields = useRef<HTMLDivElement>(null)
  const before = useRef(mode)
  useEffect(() => {
    if (before.current === mode) return
    before.current = mode
    if (document.activeElement?.matches(':focus-visible')) return
    fields.current?.querySelector<HTMLElement>('input:not([type=checkbox], [type=search])')?.focus()
  }, [mode])
  return fields
}

/** A saved split that the form leaves alone until it is asked to change it. */
function KeptSplit({ change, errors, kept }: ModeProps & { kept: SplitMode }) {
  return (
    <div data-field="split" className="grid gap-1">
      <div className="flex items-center justify-between gap-3 rounded-xl bg-tile py-1.5 pr-1.5 pl-4">
        <p className="text-sm">
          {splitSentence(kept)}. <Trans>A new total is split the same way.</Trans>
        </p>
        <Button
          look="quiet"
          size="small"
          onClick={() => {
            change({ kept: null })
          }}
        >
          <Trans>Change</Trans>
        </Button>
      </div>
      {errors.split && (
        <p role="alert" className="text-sm text-danger">
          {errors.split}
        </p>
      )}
    </div>
  )
}

function ExactShares({ members, people, form, change }: ModeProps) {
  return (
    <MemberAmounts
      members={members}
      people={people}
      unit={form.currency}
      purpose={t`share`}
      textOf={(id) => form.exact[id] ?? ''}
      onChange={(changed) => {
        change({ exact: { ...form.exact, ...changed } })
      }}
    />
  )
}

function PercentShares({ members, people, form, change, preview }: ModeProps) {
  return (
    <MemberAmounts
      members={members}
      people={people}
      unit="%"
      purpose={t`percent`}
      textOf={(id) => form.percent[id] ?? ''}
      preview={preview}
      onChange={(changed) => {
        change({ percent: { ...form.percent, ...changed } })
      }}
    />
  )
}

function WeightedShares({ members, people, form, change, preview }: ModeProps) {
  return (
    <MemberAmounts
      members={members}
      people={people}
      unit="×"
      purpose={t`shares`}
      textOf={(id) => weightText(form, id)}
      preview={preview}
      onChange={(changed) => {
        change({ weights: { ...form.weights, ...changed } })
      }}
    />
  )
}

function AdjustedShares({ members, people, form, change, preview, reading }: ModeProps) {
  const { rest } = reading
  return (
    <>
      <MemberAmounts
        members={members}
        people={people}
        unit={form.currency}
        purpose={t`more or less`}
        textOf={(id) => form.adjustments[id] ?? ''}
        preview={preview}
        negative
        taking={{
          without: form.without,
          onChange: (without) => {
            change({ without })
          },
        }}
        onChange={(changed) => {
          change({ adjustments: { ...form.adjustments, ...changed } })
        }}
      />
      {rest !== undefined && rest >= 0n && (
        <p role="status" className="text-right text-sm font-semibold text-muted">
          <Trans>
            <Amount money={fromMinor(rest, form.currency)} /> left to share equally
          </Trans>
        </p>
      )}
    </>
  )
}
