import { useSyncExternalStore } from 'react'

/** The drafts of this tab that wait for a decision: their ids by group, over a reload too. */
const keyOf = (groupId: string) => `quits.drafts.${groupId}`
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const read = (groupId: string) => sessionStorage.getItem(keyOf(groupId)) ?? ''
const listed = (text: string) => text.split(' ').filter(Boolean)

function write(groupId: string, ids: readonly string[]): void {
  sessionStorage.setItem(keyOf(groupId), ids.join(' '))
  for (const listener of listeners) listener()
}

/** Puts a draft in front of the others. */
export function openDraft(groupId: string, id: string): void {
  write(groupId, [id, ...listed(read(groupId))])
}

export function closeDraft(groupId: string, id: string): void {
  write(
    groupId,
    listed(read(groupId)).filter((each) => each !== id),
  )
}

/** The ids of the group's open drafts, the newest first. */
export function useOpenDrafts(groupId: string): string[] {
  return listed(useSyncExternalStore(subscribe, () => read(groupId)))
}
