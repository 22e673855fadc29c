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

/**
 * One mutation of a form or of a list, with its refusal to be shown. What is on its way already is not sent a second time;
 * anything else waits for it, and is sent then.
 */
export function useSending<Data, Variables>(
  send: (variables: Variables) => Promise<Sent<Data>>,
): Action<Data, Variables> {
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>()
  const underway = useRef(new Map<string, Promise<unknown>>())

  const run: Action<Data, Variables>['run'] = async (variables, onRefused) => {
    const text = JSON.stringify(variables)
    if (underway.current.has(text)) return undefined
    const before = [...underway.current.values()].at(-1)
    const sending = (async () => {
      if (before) await before
      return send(variables)
    })()
    underway.current.set(text, sending)
    setBusy(true)
    setRefusal(undefined)
    const sent = await sending
    underway.current.delete(text)
    setBusy(underway.current.size > 0)
    if (sent.refusal) {
      setRefusal(sent.refusal)
      onRefused?.(sent.refusal)
    }
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
