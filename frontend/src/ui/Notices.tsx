import { Check } from 'lucide-react'
import { createContext, use, useCallback, useEffect, useState, type ReactNode } from 'react'

/** Something to do about what a notice tells. */
interface NoticeAction {
  label: string
  run: () => void
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
  const [notice, setNotice] = useState<{ text: string; action?: NoticeAction | undefined }>()
  const notify = useCallback<Notify>((text, action) => {
    setNotice({ text, action })
  }, [])

  useEffect(() => {
    if (!notice) return
    const timer = setTimeout(
      () => {
        setNotice(undefined)
      },
      notice.action ? OFFERED_MS : SHOWN_MS,
    )
    return () => {
      clearTimeout(timer)
    }
  }, [notice])

  return (
    <NoticeContext value={notify}>
      {children}
      <div
        role="status"
        className="pointer-events-none fixed inset-x-0 bottom-[max(1.25rem,env(safe-area-inset-bottom))] z-50 grid justify-items-center px-4"
      >
        {notice && (
          <p className="flex animate-rise items-center gap-2 rounded-full bg-ink py-2.5 pr-5 pl-4 text-sm font-semibold text-canvas shadow-float">
            <Check size={16} aria-hidden="true" />
            {notice.text}
            {notice.action && (
              <button
                type="button"
                className="pointer-events-auto -my-1.5 -mr-3 min-h-9 rounded-full px-3 underline underline-offset-4"
                onClick={() => {
                  setNotice(undefined)
                  notice.action?.run()
                }}
              >
                {notice.action.label}
              </button>
            )}
          </p>
        )}
      </div>
    </NoticeContext>
  )
}
