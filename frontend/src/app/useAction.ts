import type { OperationVariables } from '@apollo/client'
import { useApolloClient } from '@apollo/client/react'
import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { useRef, useState } from 'react'
import { readRefusal, type Refusal } from './refusal'

interface Action<Data, Variables> {
  /** Sends the mutation; the data arrives even when fields of a stopped subgraph are missing. */
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
    const refuse = (error: unknown) => {
      const read = readRefusal(error)
      setRefusal(read)
      onRefused?.(read)
    }
    if (sending.current) return undefined
    sending.current = true
    setBusy(true)
    setRefusal(undefined)
    try {
      const { data, error } = await client.mutate({ mutation, variables, context })
      if (data) return data
      refuse(error)
    } catch (error) {
      refuse(error)
    } finally {
      sending.current = false
      setBusy(false)
    }
    return undefined
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
