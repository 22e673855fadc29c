import { useEffect } from 'react'

/** The title of the browser tab while a page is shown. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title ? `${title} · Quits` : 'Quits'
  }, [title])
}
