import type { OperationVariables } from '@apollo/client'
import { useApolloClient } from '@apollo/client/react'
import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { useRef, useState } from 'react'
import type { Refusal } from './refusal'
import { send } from './send'

interface Action<Data, Variables> {
  /** Sends the mutation and gives its data, unless it was refused. */
  run: (variables: Variables, onRefused?: (refusal: Refusal) => void) => Promise<Data | undefined>
  busy: boolean
  refusal: Refusal | undefined
  clear: () => void
}

/** One mutation of a form: sends it once at a time and keeps the refusal for the form to show. */
export function useAction<Data, Variables extends OperationVariables>(
  mutation: TypedDocumentNode<Data, Variables>,
  context: Record<string, unknown> = {},
): Action<Data, Variables> {
  const client = useApolloClient()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>()
  const sending = useRef(false)

  const run: Action<Data, Variables>['run'] = async (variables, onRefused) => {
    if (sending.current) return undefined
    sending.current = true
    setBusy(true)
    setRefusal(undefined)
    const sent = await send(client, mutation, variables, context)
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
