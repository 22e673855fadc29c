import { t } from '@lingui/core/macro'
import { Check, X } from 'lucide-react'
import { createContext, use, useCallback, useEffect, useState, type ReactNode } from 'react'

/** Something to do about what a notice tells. */
interface NoticeAction {
  label: string
  run: () => void
}

interface Notice {
  text: string
  action?: NoticeAction | undefined
}

type Notify = (text: string, action?: NoticeAction) => void

const NoticeContext = createContext<Notify>(() => undefined)
const SHOWN_MS = 4_500
// What can be taken back has to be read, and reached.
const OFFERED_MS = 10_000

/** Says shortly, to eyes and to screen readers, that something worked. */
export function useNotify(): Notify {
  return use(NoticeContext)
}

export function Notices({ children }: { children: ReactNode }) {
  const [notice, setNotice] = useState<Notice>()
  // Whoever reads or reaches for it is not hurried.
  const [held, setHeld] = useState(false)
  const notify = useCallback<Notify>((text, action) => {
    setNotice({ text, action })
  }, [])
  const close = useCallback(() => {
    setNotice(undefined)
    setHeld(false)
  }, [])

  useEffect(() => {
    if (!notice || held) return
    const timer = setTimeout(close, notice.action ? OFFERED_MS : SHOWN_MS)
    return () => {
      clearTimeout(timer)
    }
  }, [notice, held, close])

  return (
    <NoticeContext value={notify}>
      {children}
      <div
        role="status"
        // An open dialog hides the page behind it, but not what has just happened.
        data-react-aria-top-layer="true"
        className="notices pointer-events-none fixed inset-x-0 z-50 grid justify-items-center px-4"
      >
        {notice && <Toast notice={notice} onHold={setHeld} onClose={close} />}
      </div>
    </NoticeContext>
  )
}

interface ToastProps {
  notice: Notice
  onHold: (held: boolean) => void
  onClose: () => void
}

function Toast({ notice: { text, action }, onHold, onClose }: ToastProps) {
  const hold = () => {
    onHold(true)
  }
  const release = () => {
    onHold(false)
  }
  const attention = { onMouseEnter: hold, onMouseLeave: release, onFocus: hold, onBlur: release }
  return (
    <div
      {...attention}
      className="pointer-events-auto flex max-w-full animate-rise items-center gap-2.5 rounded-2xl bg-ink py-1 pr-1 pl-4 text-sm font-semibold text-canvas shadow-float"
    >
      <Check size={16} className="shrink-0" aria-hidden="true" />
      <p className="py-2.5">{text}</p>
      {action && (
        <button
          type="button"
          className="min-h-11 shrink-0 rounded-xl px-3 underline underline-offset-4"
          onClick={() => {
            onClose()
            action.run()
          }}
        >
          {action.label}
        </button>
      )}
      <button
        type="button"
        aria-label={t`Hide this message`}
        className="grid size-11 shrink-0 place-items-center rounded-xl"
        onClick={onClose}
      >
        <X size={16} aria-hidden="true" />
      </button>
    </div>
  )
}
