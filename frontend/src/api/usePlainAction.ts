import { sendPlain, type PlainDocument } from './plain'
import { useSending, type Action } from './useSending'

/** A mutation of a signed-out page: sent without a token. */
export function usePlainAction<Data, Variables>(
  mutation: PlainDocument<Data, Variables>,
): Action<Data, Variables> {
  return useSending((variables) => sendPlain(mutation, variables))
}
