import { Trans } from '@lingui/react/macro'
import type { ReactNode, Ref, SubmitEvent } from 'react'
import { DialogFooter } from '../../ui/Dialog'
import { FormError } from '../../ui/Field'

interface ExpenseFormFrameProps {
  element: Ref<HTMLFormElement>
  onSubmit: (event: SubmitEvent) => Promise<void>
  /** Why it was not saved, if that belongs to no field. */
  error: ReactNode
  /** The form shows what was left unfinished; it can begin anew. */
  resumed: boolean
  onStartOver: () => void
  children: ReactNode
  /** The buttons, which stay in sight. */
  actions: ReactNode
}

/** The form of an expense in its dialog, with its buttons at the foot of the sheet. */
export function ExpenseFormFrame(props: ExpenseFormFrameProps) {
  const { element, onSubmit, error, resumed, onStartOver, children, actions } = props
  return (
    <form
      ref={element}
      onSubmit={(event) => void onSubmit(event)}
      className="grid gap-5"
      noValidate
    >
      {resumed && (
        <p className="flex items-center justify-between gap-3 rounded-xl bg-tile py-1 pr-1 pl-4 text-sm">
          <Trans>You had begun this earlier.</Trans>
          <button
            type="button"
            onClick={onStartOver}
            className="min-h-11 rounded-lg px-3 font-semibold text-brand hover:bg-brand-soft"
          >
            <Trans>Start over</Trans>
          </button>
        </p>
      )}
      {children}
      <DialogFooter>
        <FormError>{error}</FormError>
        {actions}
      </DialogFooter>
    </form>
  )
}
