import { lazyPage, type LazyPage } from './lazyPage'

/** The dialogs that can be opened over any page, by their name in the address. */
export const DIALOGS: Partial<Record<string, LazyPage>> = {
  group: lazyPage(
    async () => (await import('../features/groups/CreateGroupDialog')).CreateGroupDialog,
  ),
  add: lazyPage(async () => (await import('./shell/AddDialog')).AddDialog),
  friend: lazyPage(
    async () => (await import('../features/friends/AddFriendDialog')).AddFriendDialog,
  ),
  import: lazyPage(async () => (await import('../features/transfer/ImportDialog')).ImportDialog),
}

/** Those that are opened most: their code is fetched before they are. */
export const OFTEN = [DIALOGS.add, DIALOGS.group].filter((dialog) => dialog !== undefined)
