import { t } from '@lingui/core/macro'
import { X } from 'lucide-react'
import { useLayoutEffect, useRef, type ReactNode } from 'react'
import { Dialog as AriaDialog, Heading } from 'react-aria-components/Dialog'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { AriaLocale } from './AriaLocale'
import { IconButton } from './Button'

interface DialogProps {
  title: string
  onClose: () => void
  children: ReactNode
}

/** A modal dialog: a sheet on a phone, a card elsewhere. Escape and the close button ask to close it. */
export function Dialog({ title, onClose, children }: DialogProps) {
  return (
    <AriaLocale>
      <ModalOverlay
        isOpen
        onOpenChange={onClose}
        className="sheet-backdrop fixed inset-0 z-40 flex items-end justify-center sm:items-center sm:p-6"
      >
        <Modal className="sheet flex max-h-[94dvh] w-full flex-col overflow-hidden rounded-t-2xl border border-line bg-surface text-ink shadow-float sm:max-h-full sm:max-w-lg sm:rounded-2xl">
          <AriaDialog className="flex min-h-0 flex-col outline-none">
            {/* No header element: that would be a second banner of the page. */}
            <div className="flex shrink-0 items-center justify-between border-b border-line py-1.5 pr-1.5 pl-5">
              <Heading slot="title" className="truncate text-lg">
                {title}
              </Heading>
              <IconButton label={t`Close`} onClick={onClose}>
                <X size={20} aria-hidden="true" />
              </IconButton>
            </div>
            <Content>{children}</Content>
          </AriaDialog>
        </Modal>
      </ModalOverlay>
    </AriaLocale>
  )
}

/** Scrolls under the title, and starts at the first field of a form, past the close button. */
function Content({ children }: { children: ReactNode }) {
  const content = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    content.current?.querySelector<HTMLElement>('input:not([type="radio"]), select')?.focus()
  }, [])
  return (
    <div
      ref={content}
      className="min-h-0 overflow-y-auto overscroll-contain p-5 pb-[max(1.25rem,env(safe-area-inset-bottom))]"
    >
      {children}
    </div>
  )
}

/** What a dialog can do, always in sight at its foot. */
export function DialogFooter({ children }: { children: ReactNode }) {
  return (
    <footer className="sticky -bottom-5 z-10 -mx-5 -mb-5 grid gap-3 border-t border-line bg-surface px-5 pt-3 pb-5 max-sm:-bottom-[max(1.25rem,env(safe-area-inset-bottom))]">
      {children}
    </footer>
  )
}
