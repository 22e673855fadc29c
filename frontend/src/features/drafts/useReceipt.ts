import { t } from '@lingui/core/macro'
import { useState } from 'react'
import type { Masked } from '../../api/fragments'
import { useAction } from '../../api/useAction'
import { type DraftPartsFragment, DraftReceipt } from './documents.generated'
import { photoOf } from './photo'

const KEY = 'quits.receipts'
const OFF = 'off'

/** Sends photos of receipts, until the server says that it has nobody to read them. */
export function useReceipt(groupId: string, onDraft: (draft: Masked<DraftPartsFragment>) => void) {
  const { run, refusal, clear } = useAction(DraftReceipt)
  const [offered, setOffered] = useState(() => sessionStorage.getItem(KEY) !== OFF)
  const [busy, setBusy] = useState(false)
  const [unreadable, setUnreadable] = useState(false)

  async function send(file: File): Promise<void> {
    setBusy(true)
    const photo = await photoOf(file).catch(() => undefined)
    setUnreadable(!photo)
    if (photo) {
      const data = await run({ groupId, photo }, ({ code }) => {
        if (code !== 'NOT_CONFIGURED') return
        sessionStorage.setItem(KEY, OFF)
        setOffered(false)
      })
      if (data) onDraft(data.draftReceipt)
    }
    setBusy(false)
  }

  return {
    offered,
    busy,
    send,
    problem: unreadable
      ? t`This is not a picture that can be read here. Try another one.`
      : offered
        ? refusal?.message
        : undefined,
    /** Why photos are no longer offered: nothing that somebody did wrong. */
    notice: offered ? undefined : refusal?.message,
    clear: () => {
      clear()
      setUnreadable(false)
    },
  }
}
