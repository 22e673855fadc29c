import type { OperationVariables } from '@apollo/client'
import { useApolloClient } from '@apollo/client/react'
import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { useState } from 'react'
import { saveFile } from '../lib/download'
import { explainRefusal } from './refusal'

interface File {
  filename: string
  mediaType: string
  content: BlobPart
}

/** Asks for a file and lets the browser save it. `failure` is a sentence, empty while there is none. */
export function useDownload<Data, Variables extends OperationVariables>(
  query: TypedDocumentNode<Data, Variables>,
  fileOf: (data: Data) => File,
) {
  const client = useApolloClient()
  const [pending, setPending] = useState<Variables>()
  const [failure, setFailure] = useState('')

  async function download(variables: Variables): Promise<void> {
    setPending(variables)
    setFailure('')
    const { data, error } = await client.query({ query, variables, fetchPolicy: 'no-cache' })
    const failed = data ? '' : (await explainRefusal(error)).message
    setPending(undefined)
    setFailure(failed)
    if (!data) return
    const { filename, mediaType, content } = fileOf(data)
    saveFile(filename, mediaType, content)
  }

  return { download, pending, failure }
}
