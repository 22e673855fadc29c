/** How far back a report looks. */
export type Span = 'month' | 'year' | 'all'

/** The first day of the span that `today` is in; undefined without a beginning. */
export function startOf(span: Span, today: string): string | undefined {
  if (span === 'all') return undefined
  return span === 'year' ? `${today.slice(0, 4)}-01-01` : `${today.slice(0, 7)}-01`
}
