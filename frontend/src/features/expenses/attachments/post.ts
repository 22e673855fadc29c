import type { MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import type { Refusal } from '../../../api/refusal'
import { sentenceOf } from '../../../api/sentences'

/** The largest file that the server keeps. */
export const MOST_BYTES = 10 * 1024 * 1024

/** What a person reads about a refused file; the server's own sentence is in English. */
const REASONS: Record<string, MessageDescriptor> = {
  VALIDATION: msg`This file cannot be kept. It is damaged, or neither a photo nor a PDF.`,
  RATE_LIMITED: msg`These were enough files for today. Go on tomorrow.`,
  LINK_EXPIRED: msg`This file came too late. Add it again.`,
}

/** The answer to a file that is too large, whoever gives it. */
export function tooLarge(): Refusal {
  return { code: 'VALIDATION', message: t`A file may have up to 10 MB.` }
}

/** Sends a file and tells how much of it is sent, in percent. Resolves with why it was refused, if it was. */
export function postFile(
  url: string,
  file: Blob,
  onProgress: (percent: number) => void,
): Promise<Refusal | undefined> {
  // fetch does not tell how much is sent.
  const request = new XMLHttpRequest()
  return new Promise((resolve) => {
    request.upload.onprogress = ({ loaded, total }) => {
      onProgress(total > 0 ? Math.round((loaded * 100) / total) : 0)
    }
    request.onload = () => {
      resolve(refusalIn(request))
    }
    request.onerror = () => {
      resolve(refusalOf('UNREACHABLE'))
    }
    request.open('POST', url)
    request.send(file)
  })
}

function refusalIn({ status, responseText }: XMLHttpRequest): Refusal | undefined {
  if (status === 201) return undefined
  if (status === 413) return tooLarge()
  try {
    const { code, message } = JSON.parse(responseText) as { code?: string; message?: string }
    return refusalOf(code ?? 'INTERNAL', message)
  } catch {
    return refusalOf('INTERNAL')
  }
}

function refusalOf(code: string, english?: string): Refusal {
  return { code, message: sentenceOf(code, english, REASONS[code]) }
}
