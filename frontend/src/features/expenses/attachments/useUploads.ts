import { useApolloClient } from '@apollo/client/react'
import { useState } from 'react'
import { send } from '../../../api/send'
import { newKey } from '../../../lib/key'
import { PrepareAttachment } from './documents.generated'
import { MOST_BYTES, postFile, tooLarge } from './post'

/** A file on its way. */
export interface Upload {
  key: string
  file: File
  /** How much of it is sent, in percent. */
  percent: number
  /** Why it was not taken. */
  problem?: string | undefined
}

/** Files that are sent to an expense, one after the other. What was refused stays until somebody decides about it. */
export function useUploads(expenseId: string, onAdded: () => unknown) {
  const client = useApolloClient()
  const [uploads, setUploads] = useState<readonly Upload[]>([])

  function update(key: string, changes: Partial<Upload>) {
    setUploads((all) => all.map((each) => (each.key === key ? { ...each, ...changes } : each)))
  }

  function dismiss(key: string) {
    setUploads((all) => all.filter((each) => each.key !== key))
  }

  async function sendOne({ key, file }: Upload): Promise<void> {
    update(key, { percent: 0, problem: undefined })
    const refusal = await refusalTo(file, (percent) => {
      update(key, { percent })
    })
    if (refusal) {
      update(key, { problem: refusal.message })
      return
    }
    await onAdded()
    dismiss(key)
  }

  async function refusalTo(file: File, onProgress: (percent: number) => void) {
    if (file.size > MOST_BYTES) return tooLarge()
    const { data, refusal } = await send(client, PrepareAttachment, { expenseId, name: file.name })
    return data ? postFile(data.prepareAttachment.url, file, onProgress) : refusal
  }

  async function add(files: readonly File[]): Promise<void> {
    const added = files.map((file): Upload => ({ key: newKey(), file, percent: 0 }))
    setUploads((all) => [...all, ...added])
    for (const upload of added) await sendOne(upload)
  }

  return { uploads, add, retry: sendOne, dismiss }
}
