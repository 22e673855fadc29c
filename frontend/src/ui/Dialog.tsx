import { t } from '@lingui/core/macro'
import { X } from 'lucide-react'
import { useId, useLayoutEffect, useRef, type ReactNode } from 'react'
import { IconButton } from './Button'

interface DialogProps {
  title: string
  onClose: () => void
  children: ReactNode
}

/** A modal dialog: a sheet on a phone, a card elsewhere. The browser keeps the focus inside. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()

  // Closed before it leaves the page, so that the focus goes back to where it came from.
  useLayoutEffect(() => {
    const node = dialog.current
    if (node && !node.open) {
      node.showModal()
      // Straight to the first field of a form, past the close button.
      node.querySelector<HTMLElement>('input, select')?.focus()
    }
    return () => node?.close()
  }, [])

  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      className="sheet mx-auto mt-auto mb-0 max-h-[94dvh] w-full max-w-none overflow-y-auto overscroll-contain rounded-t-2xl border border-line bg-surface text-ink shadow-float sm:my-auto sm:max-w-lg sm:rounded-2xl"
    >
      <header className="sticky top-0 z-10 flex items-center justify-between border-b border-line bg-surface py-2 pr-2 pl-5">
        <h2 id={titleId} className="truncate text-lg">
          {title}
        </h2>
        <IconButton label={t`Close`} onClick={onClose}>
          <X size={20} aria-hidden="true" />
        </IconButton>
      </header>
      <div className="p-5 pb-[max(1.25rem,env(safe-area-inset-bottom))]">{children}</div>
    </dialog>
  )
}
