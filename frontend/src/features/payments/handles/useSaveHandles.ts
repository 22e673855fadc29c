import { useApolloClient } from '@apollo/client/react'
import type { PayHandleInput } from '../../../api/schema.generated'
import { useAction } from '../../../api/useAction'
import { PayHandles, SetPayHandles } from './documents.generated'

/** Replaces the viewer's ways to be paid. */
export function useSaveHandles() {
  const { cache } = useApolloClient()
  const { run, ...state } = useAction(SetPayHandles)

  /** Says whether they were saved. */
  async function save(handles: readonly PayHandleInput[]): Promise<boolean> {
    // What comes from the cache knows its type, which the API does not take.
    const inputs = handles.map(({ kind, value, holder }) => ({
      kind,
      value,
      holder: holder ?? null,
    }))
    const data = await run({ handles: inputs })
    if (data) cache.writeQuery({ query: PayHandles, data: { me: data.setPayHandles } })
    return Boolean(data)
  }

  return { save, ...state }
}
