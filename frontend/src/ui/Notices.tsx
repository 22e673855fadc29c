import { Check } from 'lucide-react'
import { createContext, use, useCallback, useEffect, useState, type ReactNode } from 'react'

type Notify = (text: string) => void

const NoticeContext = createContext<Notify>(() => undefined)
const SHOWN_MS = 4500

/** Says shortly, to eyes and to screen readers, that something worked. */
export function useNotify(): Notify {
  return use(NoticeContext)
}

export function Notices({ children }: { children: ReactNode }) {
  const [notice, setNotice] = useState<{ text: string }>()
  const notify = useCallback((text: string) => {
    setNotice({ text })
  }, [])

  useEffect(() => {
    if (!notice) return
    const timer = setTimeout(() => {
      setNotice(undefined)
    }, SHOWN_MS)
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
          </p>
        )}
      </div>
    </NoticeContext>
  )
}
