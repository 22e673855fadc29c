/** What a report is about: a group, or without one the viewer's own shares. */
export interface Scope {
  groupId?: string
  /** Up to which version of the group's ledger it counts. */
  version?: number
  /** Its first day; undefined without a beginning. */
  from?: string | undefined
}
