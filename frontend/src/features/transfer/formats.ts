import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { ImportFormat } from '../../api/schema.generated'

/** What can be brought along, by the names that people know. */
export const FORMATS: Record<ImportFormat, string | MessageDescriptor> = {
  SPLITWISE_CSV: 'Splitwise (CSV)',
  SPLIIT_JSON: 'Spliit (JSON)',
  SPLIIT_CSV: 'Spliit (CSV)',
  TRICOUNT_JSON: 'Tricount (JSON)',
  IHATEMONEY_JSON: 'I Hate Money (JSON)',
  IHATEMONEY_CSV: 'I Hate Money (CSV)',
  COSPEND_CSV: 'Nextcloud Cospend (CSV)',
  BANK_CSV: msg`Bank statement (CSV)`,
  QUITS_JSON: 'Quits (JSON)',
}

// As far as a header is from the top of any known file.
const LINES = 20

/** What a file was probably written by, from its content and its name. */
export function guessFormat(fileName: string, text: string): ImportFormat {
  const start = text.trimStart().charAt(0)
  if (start === '{' || start === '[') return guessJson(fileName, text)
  const lines = text.split(/\r?\n/).slice(0, LINES)
  const some = (pattern: RegExp) => lines.some((line) => pattern.test(line))
  if (some(/^"?what"?,"?amount"?,|^"?name"?,"?weight"?,"?active"?/i)) return 'COSPEND_CSV'
  if (some(/\bpayer_name\b.*\bowers\b/i)) return 'IHATEMONEY_CSV'
  if (some(/\bIs Reimbursement\b|\bSplit mode\b/i)) return 'SPLIIT_CSV'
  if (some(SPLITWISE_ROW) || /splitwise/i.test(fileName)) return 'SPLITWISE_CSV'
  return 'BANK_CSV'
}

/** Day, description, category, cost, currency, and an amount for each of at least two people; in any language. */
const SPLITWISE_ROW =
  /^\d{4}-\d\d-\d\d,("[^"]*"|[^,]*),("[^"]*"|[^,]*),-?[\d.]+,[A-Z]{3}(,-?[\d.]+){2,}/

function guessJson(fileName: string, text: string): ImportFormat {
  const content = parsed(text)
  if (Array.isArray(content)) return 'IHATEMONEY_JSON'
  if (content && 'Response' in content) return 'TRICOUNT_JSON'
  if (content && 'format' in content) return 'QUITS_JSON'
  if (content && 'expenses' in content) return 'SPLIIT_JSON'
  return /tricount/i.test(fileName) ? 'TRICOUNT_JSON' : 'QUITS_JSON'
}

function parsed(text: string): object | undefined {
  try {
    const content: unknown = JSON.parse(text)
    return typeof content === 'object' && content !== null ? content : undefined
  } catch {
    return undefined
  }
}

/** Whether a file of this format is rarely wanted as a whole: its lines are there to pick from. */
export function isPickedFrom(format: ImportFormat): boolean {
  return format === 'BANK_CSV'
}
