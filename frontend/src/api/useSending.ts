import { useRef, useState } from 'react'
import type { Refusal } from './refusal'
import type { Sent } from './send'

export interface Action<Data, Variables> {
  /** Sends the mutation and gives its data, unless it was refused. */
  run: (variables: Variables, onRefused?: (refusal: Refusal) => void) => Promise<Data | undefined>
  busy: boolean
  refusal: Refusal | undefined
  clear: () => void
}

/** One mutation of a form: sends it once at a time and keeps the refusal for the form to show. */
export function useSending<Data, Variables>(
  send: (variables: Variables) => Promise<Sent<Data>>,
): Action<Data, Variables> {
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>()
  const sending = useRef(false)

  const run: Action<Data, Variables>['run'] = async (variables, onRefused) => {
    if (sending.current) return undefined
    sending.current = true
    setBusy(true)
    setRefusal(undefined)
    const sent = await send(variables)
    sending.current = false
    setBusy(false)
    setRefusal(sent.refusal)
    if (sent.refusal) onRefused?.(sent.refusal)
    return sent.data
  }

  return {
    run,
    busy,
    refusal,
    clear: () => {
      setRefusal(undefined)
    },
  }
}
